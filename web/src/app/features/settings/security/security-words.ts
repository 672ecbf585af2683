import { explain, type ApiProblem } from '../../../core/api';

/** What a panel says when something was refused. @param doing after "Couldn't": `add the passkey` */
export function securityWords(problem: ApiProblem, doing: string): string {
  switch (problem.code) {
    case 'invalid_code':
      return 'The code is not right, or was used before: wait for the next one.';
    case 'invalid_passkey':
      return 'This passkey was not accepted.';
    case 'duplicate':
      return 'This passkey is in use already.';
    case 'proof_required':
      return 'Not done: it needs you to confirm that it is you.';
    case 'too_many_requests':
      return 'Too many wrong tries. Wait five minutes.';
    default: {
      const { what, todo } = explain(problem, doing, '');
      return `${what} ${todo}`.trim();
    }
  }
}
