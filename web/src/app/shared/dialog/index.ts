/* Dialogs, which are sheets on phones. */
export { DialogFrameComponent } from './dialog-frame.component';
export { Dialogs, type DialogRequest } from './dialogs.service';
