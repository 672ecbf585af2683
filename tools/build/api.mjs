// Builds the API: dist/api/main.mjs and dist/api/openapi.mjs.
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import { apiBundle } from './bundle.mjs';

rmSync(resolve(import.meta.dirname, '../../dist/api'), { recursive: true, force: true });
const { errors } = await build(apiBundle()).catch((failure) => failure); // esbuild has said what is wrong
if (errors.length > 0) process.exitCode = 1;
