// Bundles scripts/bench, in milliseconds and without types, and runs it: `npm run bench` says what it takes.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const folder = at('node_modules/.cache/myelin/bench');

await build({
  entryPoints: [at('scripts/bench/main.ts'), at('scripts/bench/measure.ts')],
  outdir: folder,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  splitting: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20',
  logLevel: 'error',
});
await import(new URL('../node_modules/.cache/myelin/bench/main.mjs', import.meta.url).href);
