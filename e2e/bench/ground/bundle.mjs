import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { apiBundle } from '../../../tools/build/bundle.mjs';

const ROOT = resolve(import.meta.dirname, '../../..');
/** Below the checkout, so that packages are found; beside the results, which are not kept either. */
const PLACE = 'bench-results/.product';

/** Builds the API as it is now, once as it ships and once with a handle for benches. Answers both bundles. */
export async function buildProduct() {
  rmSync(join(ROOT, PLACE), { recursive: true, force: true });
  await build({
    ...apiBundle(PLACE),
    entryPoints: {
      main: join(ROOT, 'api/src/main.ts'),
      product: join(import.meta.dirname, '../product/product.entry.mjs'),
    },
  });
  return { main: join(ROOT, PLACE, 'main.mjs'), product: join(ROOT, PLACE, 'product.mjs') };
}
