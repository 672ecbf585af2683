import { dirname, join, relative, resolve, sep } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** The path of a linted file from the top of the workspace, with forward slashes. */
export function workspacePath(filename) {
  return relative(root, filename).split(sep).join('/');
}

/** An absolute file name, for the rules' own tests. */
export function inWorkspace(path) {
  return join(root, path);
}

/**
 * What an import leads to: a path from the top of the workspace without extension, or a package's name.
 * @param {string} file workspace path of the importing file
 * @param {string} specifier as written
 */
export function target(file, specifier) {
  if (!specifier.startsWith('.')) return specifier;
  return join(dirname(file), specifier)
    .split(sep)
    .join('/')
    .replace(/\.(ts|js|mjs)$/, '')
    .replace(/\/index$/, '');
}

/** The names a static import brings in beside types; null when it brings in types alone. */
export function importedValues(node) {
  if (node.importKind === 'type' || node.exportKind === 'type') return null;
  const specifiers = node.specifiers ?? [];
  const values = specifiers.filter((one) => one.importKind !== 'type' && one.exportKind !== 'type');
  if (specifiers.length > 0 && values.length === 0) return null;
  return values.map((one) => one.imported?.name ?? one.local?.name ?? '*');
}

/**
 * Visitors that call `check(node, specifier, {values, lazy})` for every import of a file, re-exports included.
 * @param {(node: object, specifier: string, about: {values: string[] | null, lazy: boolean}) => void} check
 */
export function everyImport(check) {
  const fixed = (node) => {
    if (node.source) check(node, node.source.value, { values: importedValues(node), lazy: false });
  };
  return {
    ImportDeclaration: fixed,
    ExportNamedDeclaration: fixed,
    ExportAllDeclaration: fixed,
    ImportExpression(node) {
      if (node.source.type === 'Literal') check(node, node.source.value, { values: ['*'], lazy: true });
    },
  };
}
