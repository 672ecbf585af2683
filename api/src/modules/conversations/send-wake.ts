import { Injectable } from '@nestjs/common';
import { type Observable, Subject } from 'rxjs';

/** Tells the sending module, in this process, that a workspace has a message due. Lost wakes are found by its sweeper. */
@Injectable()
export class SendWake {
  private readonly due = new Subject<{ workspaceId: string; dueAt: Date }>();

  readonly due$: Observable<{ workspaceId: string; dueAt: Date }> = this.due.asObservable();

  wake(workspaceId: string, dueAt: Date): void {
    this.due.next({ workspaceId, dueAt });
  }
}
