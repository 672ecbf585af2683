import { libraryAliases, nodeProject } from '../tools/jest/preset.mjs';

export default nodeProject(import.meta.dirname, {
  setupFiles: ['<rootDir>/../tools/jest/nest-preload.mjs'],
  globalSetup: '<rootDir>/../tools/jest/postgres-setup.mjs',
  globalTeardown: '<rootDir>/../tools/jest/postgres-teardown.mjs',
  // api/src/metadata.ts is generated, and names its neighbours the way Node would.
  moduleNameMapper: { ...libraryAliases, '^(\\.{1,2}/.*\\.(?:dto|controller))\\.js$': '$1' },
  testPathIgnorePatterns: ['/node_modules/', '\\.redis\\.spec\\.ts$'],
  testTimeout: 30_000,
  maxWorkers: 2,
});
