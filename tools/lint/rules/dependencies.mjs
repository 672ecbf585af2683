/** A constructor that needs more than this many things is two classes. */
export default {
  meta: {
    type: 'suggestion',
    schema: [{ type: 'integer', minimum: 1 }],
    defaultOptions: [6],
    messages: { many: 'This constructor takes {{count}} dependencies; more than {{limit}} are two classes.' },
  },
  create(context) {
    const [limit] = context.options;
    return {
      'MethodDefinition[kind="constructor"]'(node) {
        const count = node.value.params.length;
        if (count > limit) context.report({ node: node.key, messageId: 'many', data: { count, limit } });
      },
    };
  },
};
