/**
 * How TypeScript becomes JavaScript in this workspace: one set of SWC options for the API's bundle and for jest,
 * so that what is tested is what runs. Decorator metadata is what Nest's injector reads; esbuild alone cannot emit it.
 */
export const swcOptions = {
  swcrc: false,
  sourceMaps: 'inline',
  module: { type: 'es6' },
  jsc: {
    target: 'es2023',
    keepClassNames: true,
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  },
};
