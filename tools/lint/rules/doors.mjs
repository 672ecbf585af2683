const ROUTES = new Set(['Get', 'Post', 'Put', 'Patch', 'Delete', 'All', 'Head', 'Options', 'Sse', 'SubscribeMessage']);
const DOORS = new Set(['Require', 'Public']);

/** Every route and socket message bears exactly one of @Require and @Public, itself or through its class. */
export default {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      none: '{{name}} has no door: say who may pass with @Require(permission), or why everybody may with @Public().',
      many: '{{name}} has {{count}} doors: leave one.',
    },
  },
  create(context) {
    return {
      MethodDefinition(node) {
        const own = decoratorNames(node);
        if (!own.some((name) => ROUTES.has(name))) return;
        const count = own.filter((name) => DOORS.has(name)).length;
        const inherited = decoratorNames(node.parent.parent).filter((name) => DOORS.has(name)).length;
        const doors = count || inherited;
        if (doors === 1) return;
        const data = { name: node.key.name ?? 'This route', count: doors };
        context.report({ node: node.key, messageId: doors === 0 ? 'none' : 'many', data });
      },
    };
  },
};

function decoratorNames({ decorators = [] }) {
  return decorators.map(({ expression }) => (expression.callee ?? expression).name);
}
