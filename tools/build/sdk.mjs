// Builds the TypeScript SDK: libs/api-client/dist, or the folder that is named; JavaScript in few files, and the types.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { build } from 'esbuild';
import ts from 'typescript';

const root = resolve(import.meta.dirname, '../..');
const libs = join(root, 'libs');
const sdk = join(libs, 'api-client/src/sdk');
/** Where a declaration names another file. */
const SPECIFIER = /((?:from |import\(|import ))["']([^"']+)["']/g;
const ENTRIES = ['index', 'live', 'webhooks'];
const outdir = resolve(process.argv[2] ?? join(libs, 'api-client/dist'));

rmSync(outdir, { recursive: true, force: true });
await build({
  entryPoints: ENTRIES.map((name) => join(sdk, `${name}.ts`)),
  outdir,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'neutral',
  target: 'es2022',
  // The rest is ours; these are the package's dependencies.
  external: ['rxjs', 'socket.io-client'],
  tsconfig: join(root, 'tsconfig.base.json'),
  logLevel: 'warning',
});
writeTypes();

/** Declarations of the entries and of all that they refer to, with paths that Node's own resolution finds. */
function writeTypes() {
  const { config } = ts.readConfigFile(join(libs, 'api-client/tsconfig.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, join(libs, 'api-client'));
  const program = ts.createProgram(
    ENTRIES.map((name) => join(sdk, `${name}.ts`)),
    {
      ...options,
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      sourceMap: false,
      rootDir: libs,
      outDir: outdir,
    },
  );
  const placeOf = (name, from) => {
    const found = ts.resolveModuleName(name, from, program.getCompilerOptions(), ts.sys).resolvedModule;
    if (!found?.resolvedFileName.startsWith(libs)) return name;
    const path = relative(dirname(from), found.resolvedFileName).replace(/\.ts$/, '.js');
    return path.startsWith('.') ? path : `./${path}`;
  };
  const { diagnostics } = program.emit(
    undefined,
    (path, text, _, __, [source]) => {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(
        path,
        text.replace(SPECIFIER, (_, before, name) => `${before}"${placeOf(name, source.fileName)}"`),
      );
    },
    undefined,
    true,
  );
  if (diagnostics.length > 0) throw new Error(diagnostics.map(({ messageText }) => String(messageText)).join('\n'));
}
