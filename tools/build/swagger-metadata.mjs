// Writes api/src/metadata.ts: types, optionality and comments of DTOs and controllers for the OpenAPI document; and
// api/src/refusals.ts: the errors of each route.
// (SWC and esbuild cannot run Nest's compiler plugin, so its findings are generated before they run.)
import { join, relative, resolve } from 'node:path';
import { PluginMetadataGenerator } from '@nestjs/cli/lib/compiler/plugins/plugin-metadata-generator.js';
import { ReadonlyVisitor } from '@nestjs/swagger/plugin';
import ts from 'typescript';
import { writeRefusals } from './refusals.mjs';
import { writeEventSchemas } from './event-schemas.mjs';

const api = resolve(import.meta.dirname, '../../api');
const source = join(api, 'src');

// Only DTOs and controllers, and without complaint: types are judged by the typecheck target, which needs this file first.
const config = ts.getParsedCommandLineOfConfigFile(join(api, 'tsconfig.metadata.json'), undefined, {
  ...ts.sys,
  onUnRecoverableConfigFileDiagnostic(diagnostic) {
    throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'));
  },
});

const program = ts.createProgram(config.fileNames, config.options);
refuseHiddenClasses();
new PluginMetadataGenerator().generate({
  outputDir: source,
  filename: 'metadata.ts',
  tsProgramRef: program,
  visitors: [
    new ReadonlyVisitor({
      introspectComments: true,
      classValidatorShim: true,
      pathToSource: source,
      dtoFileNameSuffix: ['.dto.ts'],
    }),
  ],
});

// What is described must be what is: the schemas of the events are part of the description.
writeEventSchemas();
writeRefusals(program, source);

/** The generator passes over a class that is not exported, and with it over the fields that others inherit from it. */
function refuseHiddenClasses() {
  const hidden = program
    .getSourceFiles()
    .filter(({ fileName }) => fileName.endsWith('.dto.ts'))
    .flatMap(({ fileName, statements }) =>
      statements
        .filter((statement) => ts.isClassDeclaration(statement))
        .filter(({ modifiers = [] }) => !modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword))
        .map(({ name }) => `${name?.text} in ${relative(api, fileName)}`),
    );
  if (hidden.length > 0) throw new Error(`Export these, or their fields are not described: ${hidden.join(', ')}.`);
}
