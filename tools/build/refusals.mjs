// Finds which refusals each route can answer with: every `new Refusal('code')` that its method can come to, through
// whatever it calls. Written into the API's description, so that no error is left out of it by forgetting.
import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import ts from 'typescript';

/** More codes than that in one place is "any code": what a filter passes on, not what a method decides. */
const MOST_IN_ONE_PLACE = 8;
const ROUTES = new Set(['Get', 'Post', 'Put', 'Patch', 'Delete']);

/**
 * @param {ts.Program} program holds all controllers
 * @param {string} source the folder whose functions are followed
 * @returns {Record<string, string[]>} codes by `Controller.method`
 */
export function refusalsOf(program, source) {
  const calls = new Calls(program.getTypeChecker(), source);
  const found = {};
  for (const file of program.getSourceFiles()) {
    if (!file.fileName.startsWith(source) || !file.fileName.endsWith('.controller.ts')) continue;
    ts.forEachChild(file, (node) => {
      if (!ts.isClassDeclaration(node) || !node.name) return;
      for (const member of node.members) {
        if (!ts.isMethodDeclaration(member) || !isRoute(member)) continue;
        found[`${node.name.text}.${member.name.getText()}`] = [...calls.reachable(member)].sort();
      }
    });
  }
  return Object.fromEntries(Object.entries(found).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Who calls whom, and who refuses with what; each function is read once. */
class Calls {
  known = new Map();

  constructor(checker, source) {
    this.checker = checker;
    this.source = source;
  }

  /** The codes of a function and of all that it can come to. */
  reachable(start) {
    const codes = new Set();
    const seen = new Set([start]);
    for (const node of seen) {
      const own = this.inside(node);
      for (const code of own.codes) codes.add(code);
      for (const callee of own.callees) seen.add(callee);
    }
    return codes;
  }

  inside(declaration) {
    const before = this.known.get(declaration);
    if (before) return before;
    const own = { codes: new Set(), callees: new Set() };
    this.known.set(declaration, own);
    const visit = (node) => {
      if (ts.isDecorator(node) || ts.isTypeNode(node)) return;
      if (ts.isNewExpression(node) && /Refusal$/.test(node.expression.getText())) {
        for (const code of this.codesOf(node.arguments?.[0])) own.codes.add(code);
      }
      if (ts.isIdentifier(node)) for (const callee of this.functionsNamed(node)) own.callees.add(callee);
      ts.forEachChild(node, visit);
    };
    ts.forEachChild(declaration, visit);
    return own;
  }

  codesOf(argument) {
    if (!argument) return [];
    const type = this.checker.getTypeAtLocation(argument);
    const types = type.isUnion() ? type.types : [type];
    if (types.length > MOST_IN_ONE_PLACE) return [];
    return types.flatMap((each) => (each.isStringLiteral() ? [each.value] : []));
  }

  /** The functions of ours that a name stands for. */
  functionsNamed(identifier) {
    let symbol = this.checker.getSymbolAtLocation(identifier);
    if (symbol && symbol.flags & ts.SymbolFlags.Alias) symbol = this.checker.getAliasedSymbol(symbol);
    return (symbol?.declarations ?? []).flatMap((declaration) => {
      const made = ts.isVariableDeclaration(declaration) ? declaration.initializer : declaration;
      if (!made || !declaration.getSourceFile().fileName.startsWith(this.source)) return [];
      const runs =
        ts.isFunctionDeclaration(made) ||
        ts.isMethodDeclaration(made) ||
        ts.isGetAccessor(made) ||
        ts.isArrowFunction(made) ||
        ts.isFunctionExpression(made);
      return runs && made.body ? [made] : [];
    });
  }
}

function isRoute(method) {
  return (ts.getDecorators(method) ?? []).some(
    ({ expression }) => ts.isCallExpression(expression) && ROUTES.has(expression.expression.getText()),
  );
}

/** Writes api/src/refusals.ts. */
export function writeRefusals(program, source) {
  const codes = refusalsOf(program, source);
  const lines = Object.entries(codes).map(
    ([route, words]) => `  '${route}': ${JSON.stringify(words).replaceAll('"', "'")},`,
  );
  writeFileSync(
    join(source, 'refusals.ts'),
    '// Written by tools/build/swagger-metadata.mjs from the sources; do not edit.\n' +
      '/** The codes that each route refuses with by itself, by `Controller.method`. */\n' +
      `export const REFUSALS: Readonly<Record<string, readonly string[]>> = {\n${lines.join('\n')}\n};\n`,
  );
}
