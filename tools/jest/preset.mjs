import { resolve } from 'node:path';
import { swcOptions } from '../build/swc.mjs';

const root = resolve(import.meta.dirname, '../..');

/** The workspace's libraries by alias, as tsconfig.base.json names them. */
export const libraryAliases = {
  '^@threadline/(contracts|audit|live|api-client|zapier)$': `${root}/libs/$1/src/index.ts`,
};

/**
 * jest for a project that runs in Node: ES modules as in production.
 * @param {string} rootDir the project's folder
 * @param {import('jest').Config} extra what differs for this project
 * @returns {import('jest').Config}
 */
export function nodeProject(rootDir, extra = {}) {
  return {
    rootDir,
    testEnvironment: 'node',
    extensionsToTreatAsEsm: ['.ts'],
    moduleFileExtensions: ['ts', 'mjs', 'js', 'cjs', 'json', 'node'],
    transform: { '\\.ts$': ['@swc/jest', swcOptions] },
    moduleNameMapper: libraryAliases,
    testMatch: ['<rootDir>/**/*.spec.ts'],
    ...extra,
  };
}
