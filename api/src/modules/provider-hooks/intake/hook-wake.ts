import { Injectable } from '@nestjs/common';
import { Subject } from 'rxjs';

/** Says inside this process that a workspace has events of providers to be worked on. */
@Injectable()
export class HookWake {
  private readonly workspaces = new Subject<string>();
  readonly workspaces$ = this.workspaces.asObservable();

  told(workspaceId: string): void {
    this.workspaces.next(workspaceId);
  }
}
