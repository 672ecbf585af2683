import { nodeProject } from '../../tools/jest/preset.mjs';

export default nodeProject(import.meta.dirname, { testTimeout: 120_000, maxWorkers: 2 });
