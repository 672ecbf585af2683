import { SUBSCRIBERS, TESTS } from '../house.mjs';
import { workspacePath } from '../workspace.mjs';

/** `.subscribe(` only where time is handled: in stores and in libs/live. Elsewhere: toSignal, or the async pipe. */
export default {
  meta: {
    type: 'problem',
    schema: [],
    messages: { foreign: 'Subscribe in a *.store.ts; here, turn the stream into a signal (toSignal) and read it.' },
  },
  create(context) {
    const file = workspacePath(context.filename);
    if (TESTS.test(file) || SUBSCRIBERS.some((home) => home.test(file))) return {};
    return {
      'CallExpression > MemberExpression[property.name="subscribe"]'(node) {
        if (node.parent.callee === node) context.report({ node: node.property, messageId: 'foreign' });
      },
    };
  },
};
