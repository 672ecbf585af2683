import presets from 'jest-preset-angular/presets/index.js';
import { libraryAliases } from '../tools/jest/preset.mjs';

export default {
  ...presets.createEsmPreset({ tsconfig: '<rootDir>/tsconfig.spec.json' }),
  rootDir: import.meta.dirname,
  setupFilesAfterEnv: ['<rootDir>/test-setup.ts'],
  moduleNameMapper: { tslib: 'tslib/tslib.es6.js', ...libraryAliases },
  testMatch: ['<rootDir>/src/**/*.spec.ts'],
};
