import { dirname } from 'node:path';
import { SUFFIXES, TESTS } from '../house.mjs';
import { everyImport, target, workspacePath } from '../workspace.mjs';

/** A file's last word says what it may import. */
export default {
  meta: {
    type: 'problem',
    schema: [],
    messages: { foreign: '"{{specifier}}" does not belong here: {{why}}.' },
  },
  create(context) {
    const file = workspacePath(context.filename);
    const promise = TESTS.test(file) ? undefined : SUFFIXES.find(({ files }) => files.test(file));
    if (!promise) return {};
    return everyImport((node, specifier, { values }) => {
      if (values === null) return;
      const path = target(file, specifier);
      const sibling = specifier.startsWith('.') && dirname(path) === dirname(file);
      const allowed = sibling || !promise.only || promise.only.some((one) => matches(one, path));
      if (allowed && !promise.never?.some((one) => matches(one, path))) return;
      context.report({ node, messageId: 'foreign', data: { specifier, why: promise.why } });
    });
  },
};

function matches(pattern, path) {
  return pattern instanceof RegExp ? pattern.test(path) : path === pattern || path.startsWith(`${pattern}/`);
}
