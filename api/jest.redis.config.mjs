import base from './jest.config.mjs';

// The specs that need Redis. `npm test` starts one and names it in REDIS_URL; without that this configuration refuses.
if (!process.env.REDIS_URL) throw new Error('REDIS_URL is not set: *.redis.spec.ts needs a Redis of its own.');

export default {
  ...base,
  testMatch: ['<rootDir>/**/*.redis.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  maxWorkers: 1, // they share one Redis, and with it the names of its queues
};
