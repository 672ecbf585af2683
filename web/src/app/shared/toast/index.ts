/* Short messages at the foot of the screen, with Undo. */
export { ToastOutletComponent } from './toast-outlet.component';
export { Toasts, type ToastRequest, type ToastEnd, type ShownToast } from './toasts.service';
