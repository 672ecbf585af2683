import { explain, type ApiProblem } from '../../core/api';
import { span } from '../../shared/format';

/** What the form says when the server refused it as a whole: the sentence, and the request id where it helps. */
export interface RefusalWords {
  text: string;
  requestId: string | null;
}

/** @param doing after "Couldn't": `sign you in` */
export function refusalWords(problem: ApiProblem, doing: string, left = problem.detail): RefusalWords {
  switch (problem.code) {
    case 'invalid_credentials':
      return { text: 'The e-mail address or the password is not right.', requestId: null };
    case 'invalid_code':
      return { text: 'The code is not right, or was used before: wait for the next one.', requestId: null };
    case 'invalid_passkey':
      return { text: 'This passkey was not accepted.', requestId: null };
    case 'sso_required':
      return {
        text: 'Your workspace takes no passwords. Continue with single sign-on below.',
        requestId: null,
      };
    case 'too_many_requests': {
      const wait = problem.retryAfterMs === null ? 'a little later' : `in ${span(problem.retryAfterMs)}`;
      return { text: `Too many tries. Try again ${wait}.`, requestId: null };
    }
    case 'invalid_input':
      return { text: left, requestId: null };
    default: {
      const { what, safe, todo, requestId } = explain(problem, doing, '');
      return {
        text: [what, safe, todo]
          .map((part) => part.trim())
          .filter(Boolean)
          .join(' '),
        requestId,
      };
    }
  }
}
