// Bundles test/golden/run.ts with the sources, in milliseconds and without types, and runs it: always what src says now.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const entry = at('test/golden/run.ts');
const bundle = at('node_modules/.cache/myelin/golden.mjs');
const folders = process.argv.slice(2);

if (folders.length === 0) {
  console.error('Name a folder of golden cases: npm run golden -- DIR');
  process.exit(2);
}
if (!existsSync(entry)) {
  console.error(`There is no ${entry}: nothing can run the golden cases.`);
  process.exit(2);
}
await build({
  entryPoints: [entry],
  outfile: bundle,
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: 'inline',
  logLevel: 'error',
});
const { status } = spawnSync(process.execPath, ['--enable-source-maps', bundle, ...folders], {
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
