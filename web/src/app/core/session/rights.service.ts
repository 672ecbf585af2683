import { Injectable, computed, inject } from '@angular/core';
import type { Permission } from '@threadline/contracts';
import { Session } from './session.service';

/** What the person may do. The API decides; this only hides what it would refuse. */
@Injectable({ providedIn: 'root' })
export class Rights {
  private readonly session = inject(Session);
  private readonly held = computed(() => new Set<Permission>(this.session.me()?.permissions ?? []));

  /** Reads a signal: use it in templates, `computed` and `effect`. */
  can(permission: Permission): boolean {
    return this.held().has(permission);
  }
}
