import { OWNERS, TESTS } from '../house.mjs';
import { everyImport, workspacePath } from '../workspace.mjs';

/** One owner for each dangerous tool: sockets, queues, outgoing requests, the environment, the clock. */
export default {
  meta: {
    type: 'problem',
    schema: [],
    messages: { foreign: '{{what}}: {{tool}} belongs to {{homes}}.' },
  },
  create(context) {
    const file = workspacePath(context.filename);
    if (TESTS.test(file)) return {};
    const foreign = OWNERS.filter(({ homes }) => !homes.some((home) => home.test(file)));
    const report = (node, what, { tool, homes }) =>
      context.report({ node, messageId: 'foreign', data: { what, tool, homes: homes.map(readable).join(', ') } });
    const read = (node, what) => {
      const owner = foreign.find(({ reads }) => reads?.includes(what));
      if (owner) report(node, what, owner);
    };

    return {
      ...everyImport((node, specifier, { values }) => {
        if (values === null) return;
        const owner = foreign.find((one) => imports(one, specifier, values));
        if (owner) report(node, specifier, owner);
      }),
      NewExpression(node) {
        if (isGlobal(context, node.callee, 'Date') && node.arguments.length === 0) read(node, 'new Date()');
      },
      MemberExpression(node) {
        if (isGlobal(context, node.object, 'process') && nameOf(node) === 'env') read(node, 'process.env');
        if (isGlobal(context, node.object, 'Date') && nameOf(node) === 'now') read(node, 'Date.now()');
        if (isGlobal(context, node.object, 'globalThis')) read(node, nameOf(node));
      },
      Identifier(node) {
        if ((node.name === 'fetch' || node.name === 'XMLHttpRequest') && isGlobal(context, node, node.name)) {
          read(node, node.name);
        }
      },
    };
  },
};

function imports({ imports: modules = [], names }, specifier, values) {
  const named = modules.some((one) => (one.endsWith('*') ? specifier.startsWith(one.slice(0, -1)) : specifier === one));
  return named && (!names || values.some((value) => value === '*' || names.includes(value)));
}

/** An identifier that means the global of that name: not a property, a parameter or an import called so. */
function isGlobal(context, node, name) {
  if (node.type !== 'Identifier' || node.name !== name) return false;
  const scope = context.sourceCode.getScope(node);
  const reference = scope.references.find(({ identifier }) => identifier === node);
  return reference !== undefined && (reference.resolved === null || reference.resolved.defs.length === 0);
}

function nameOf({ property, computed }) {
  return computed ? property.value : property.name;
}

function readable(pattern) {
  return pattern.source
    .replaceAll('\\', '')
    .replace(/^\^/, '')
    .replace(/\/?\$?$/, '')
    .replace(/^\.(?=\w)/, '*.');
}
