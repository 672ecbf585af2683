/* The smallest parts: icons, buttons, pills, people, keys, hints. */
export { AvatarComponent } from './avatar.component';
export { BadgeComponent, type Tone } from './badge.component';
export { ButtonDirective, type ButtonLook } from './button.directive';
export { CopyButtonComponent } from './copy-button.component';
export { DangerButtonComponent } from './danger-button.component';
export { IconComponent } from './icon.component';
export { IntoViewDirective } from './into-view.directive';
export { KbdComponent } from './kbd.component';
export { isApple, keyCaps, keysText } from './keys';
export { MarkComponent } from './mark.component';
export { initials, personGround } from './person-colour';
export { TipDirective } from './tip.directive';
export { Viewport } from './viewport.service';
