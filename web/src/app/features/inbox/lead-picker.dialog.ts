import { DialogRef } from '@angular/cdk/dialog';
import { Component, computed, inject, linkedSignal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import type { Lead } from '@threadline/contracts';
import { Search, UserRoundPlus } from 'lucide';
import { Rights } from '../../core/session';
import { SkeletonRowsComponent } from '../../shared/page';
import { AvatarComponent, IconComponent } from '../../shared/ui';
import { LeadPickerStore } from './lead-picker.store';

/** Whom to write to: a lead there is, or somebody by the name or address that was typed, to be added first. */
export type Picked = { lead: Lead } | { newcomer: string };

/** Finds the lead to write to, or offers to add whom it does not find; arrow keys choose, Enter takes. */
@Component({
  selector: 'tl-lead-picker-dialog',
  imports: [AvatarComponent, IconComponent, SkeletonRowsComponent],
  providers: [LeadPickerStore],
  template: `
    <label class="field">
      <tl-icon [icon]="icons.search" />
      <span class="visually-hidden">Find a lead</span>
      <input
        #field
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls="tl-picker-list"
        [attr.aria-activedescendant]="chosen() ? 'tl-picker-' + at() : null"
        placeholder="Write to: name, e-mail address or company"
        autocomplete="off"
        (input)="store.search(field.value)"
        (keydown)="press($event)"
      />
    </label>
    <div class="list" id="tl-picker-list" role="listbox" aria-label="Leads">
      @for (lead of leads(); track lead.id; let index = $index) {
        <button
          type="button"
          role="option"
          tabindex="-1"
          class="tl-menu-item"
          [id]="'tl-picker-' + index"
          [attr.aria-selected]="index === at()"
          [class.cdk-option-active]="index === at()"
          (click)="take({ lead })"
        >
          <tl-avatar [name]="lead.name" [key]="lead.id" [size]="28" />
          <span class="lines">
            <span class="truncate">{{ lead.name }}</span>
            <span class="more truncate">{{ lead.email ?? 'No e-mail address' }}</span>
          </span>
          <span class="tl-menu-end truncate">{{ lead.company }}</span>
        </button>
      }
      @if (newcomer(); as who) {
        <button
          type="button"
          role="option"
          tabindex="-1"
          class="tl-menu-item"
          [id]="'tl-picker-' + leads().length"
          [attr.aria-selected]="at() === leads().length"
          [class.cdk-option-active]="at() === leads().length"
          (click)="take({ newcomer: who })"
        >
          <tl-icon [icon]="icons.add" [size]="28" />
          <span class="truncate">Add {{ who }} as a lead and write</span>
        </button>
      }
      @if (view().failed) {
        <p class="none" role="alert">Couldn’t search the leads. Type again to try again.</p>
      } @else if (view().leads === null && leads().length === 0) {
        <tl-skeleton-rows label="Looking for leads" [count]="4" [lines]="2" avatar height="44px" />
      } @else if (leads().length === 0 && view().query && !newcomer()) {
        <p class="none">No lead by that name.</p>
      }
    </div>
  `,
  styles: `
    .field {
      display: flex;
      align-items: center;
      gap: 10px;
      padding: 0 16px;
      border-bottom: 1px solid var(--line);
      color: var(--ink-3);
    }
    input {
      flex: 1;
      height: 48px;
      border: 0;
      background: none;
      color: var(--ink-1);
      font: var(--type-read);
      outline: none;
    }
    .list {
      min-height: 200px;
      padding: 4px;
      overflow-y: auto;
    }
    .tl-menu-item {
      min-height: 44px;
    }
    .lines {
      display: grid;
      min-width: 0;
    }
    .more {
      color: var(--ink-3);
      font: var(--type-meta);
    }
    .tl-menu-end {
      max-width: 40%;
    }
    .none {
      padding: 12px;
      color: var(--ink-2);
    }
  `,
})
export class LeadPickerDialog {
  protected readonly store = inject(LeadPickerStore);
  protected readonly icons = { search: Search, add: UserRoundPlus };
  private readonly dialog = inject<DialogRef<Picked>>(DialogRef);
  private readonly rights = inject(Rights);
  protected readonly view = toSignal(this.store.view$, { initialValue: { query: '', leads: null, failed: false } });
  /** What was found last stays while the next is looked for. */
  protected readonly leads = linkedSignal<readonly Lead[] | null, readonly Lead[]>({
    source: () => this.view().leads,
    computation: (found, before) => found ?? before?.value ?? [],
  });
  /** What was typed, when no lead is just that. */
  protected readonly newcomer = computed(() => {
    const { query, leads } = this.view();
    const typed = query.toLowerCase();
    const known = leads?.some(({ name, email }) => [name, email].some((each) => each?.toLowerCase() === typed)) ?? true;
    return query === '' || known || !this.rights.can('leads:write') ? null : query;
  });
  private readonly choices = computed<readonly Picked[]>(() => {
    const newcomer = this.newcomer();
    return [...this.leads().map((lead) => ({ lead })), ...(newcomer === null ? [] : [{ newcomer }])];
  });
  protected readonly at = linkedSignal({ source: this.leads, computation: () => 0 });
  protected readonly chosen = computed(() => this.choices()[this.at()] ?? null);

  protected press(event: KeyboardEvent): void {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = this.chosen();
    if (by !== undefined) this.at.update((at) => Math.min(this.choices().length - 1, Math.max(0, at + by)));
    else if (event.key === 'Enter' && chosen) this.take(chosen);
    else return;
    event.preventDefault();
  }

  protected take(picked: Picked): void {
    this.dialog.close(picked);
  }
}
