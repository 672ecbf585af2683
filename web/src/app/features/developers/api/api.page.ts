import { DOCUMENT } from '@angular/common';
import { Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { ExternalLink } from 'lucide';
import { CanDirective } from '../../../core/session';
import { PageHeadComponent } from '../../../shared/page';
import { ButtonDirective, CopyButtonComponent, IconComponent } from '../../../shared/ui';
import { OPEN_THIS_MACHINE } from '../webhook-words';
import { firstCall, languageStarts, type Snippet } from './quick-start';
import { SnippetComponent } from './snippet.component';

/** Descriptions of the API that stand at this server, for people and for programs. */
const DESCRIPTIONS = [
  { path: '/api/docs', label: 'API explorer', about: 'Every operation with its fields and errors, to read and to try' },
  { path: '/api/openapi.json', label: 'OpenAPI 3.1', about: 'The same for programs, webhooks too' },
  { path: '/api/asyncapi.json', label: 'AsyncAPI 3.0', about: 'The live stream' },
] as const;

/** How somebody who writes programs begins with the API: address, key, first call, descriptions, SDKs. */
@Component({
  selector: 'tl-api-page',
  imports: [
    ButtonDirective,
    CanDirective,
    CopyButtonComponent,
    IconComponent,
    PageHeadComponent,
    RouterLink,
    SnippetComponent,
  ],
  templateUrl: './api.page.html',
  styleUrl: './api.page.scss',
})
export class ApiPage {
  private readonly origin = inject(DOCUMENT).location.origin;
  protected readonly icons = { outside: ExternalLink };
  protected readonly address = `${this.origin}/api`;
  protected readonly call = firstCall(this.origin);
  protected readonly languages = languageStarts(this.origin);
  protected readonly openMachine: Snippet = { label: 'Open this machine to webhooks', text: OPEN_THIS_MACHINE };
  protected readonly descriptions = DESCRIPTIONS;
}
