/* Dialogs, which are sheets on phones. */
export { closedByBack } from './dialog-back.store';
export { DialogFrameComponent } from './dialog-frame.component';
export { Leaving, type Loss, askBeforeLeaving, unsaved } from './leaving.service';
export { Dialogs, type DialogRequest } from './dialogs.service';
