import {
  type ArgumentsHost,
  type CanActivate,
  Catch,
  type ExecutionContext,
  type ExceptionFilter,
  Injectable,
  Logger,
} from '@nestjs/common';
import type { SubscribeRefusal } from '@threadline/contracts';
import { doorOf, letIn } from '../../platform/access';
import { Refusal } from '../../platform/refusal';
import type { LiveSocket } from './socket.types';

/** The guard of everything a screen says. A message that bears no @Require is closed. */
@Injectable()
export class SocketDoor implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const door = doorOf(context.getHandler());
    const { actor } = context.switchToWs().getClient<LiveSocket>().data;
    if (!door || door === 'public') throw new Refusal('forbidden');
    letIn(actor, door.permission);
    return true;
  }
}

/** Whatever goes wrong with a message, the screen is answered, and nothing else is disturbed. */
@Catch()
export class SocketAnswers implements ExceptionFilter {
  private readonly log = new Logger('live');

  catch(error: unknown, host: ArgumentsHost): void {
    const answer = host.getArgs<unknown[]>().find((argument) => typeof argument === 'function');
    if (!(error instanceof Refusal)) this.log.error({ err: error }, 'a message of a screen could not be handled');
    (answer as ((refusal: SubscribeRefusal) => void) | undefined)?.(refusalOf(error));
  }
}

function refusalOf(error: unknown): SubscribeRefusal {
  if (error instanceof Refusal && error.code === 'forbidden') {
    return { type: 'error', code: 'forbidden', detail: error.message };
  }
  return { type: 'error', code: 'not_ready', detail: 'This did not work. Try again.' };
}
