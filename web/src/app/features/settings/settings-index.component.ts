import { Component } from '@angular/core';

/** `/settings` on a phone: the frame shows the list of pages, and nothing beside it. */
@Component({ selector: 'tl-settings-index', template: '' })
export class SettingsIndexComponent {}
