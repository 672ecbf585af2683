import base from './jest.config.mjs';

// All specs in the suites that `npm test` gathers them into; jest.config.mjs runs them one by one.
export default { ...base, testMatch: ['<rootDir>/.suites/*.spec.ts'] };
