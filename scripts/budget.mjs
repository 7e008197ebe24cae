// Sizes that must stay small: what a page downloads (minified, gzip), lines of source, and the time to check the types.
// `--profile` shows which folders of src the smallest bundle is made of.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { codeLines, sourceFiles } from './source.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

const small = `
import { Sequential, Dense } from 'myelin';
const model = new Sequential([new Dense(1, { inputShape: [2] })]);
model.compile({ optimizer: 'adam', loss: 'mean_squared_error' });
await model.fit([[0, 1], [1, 0]], [0, 1], { epochs: 1 });`;
const everything = `import * as all from 'myelin'; console.log(all);`;

// `goal` is where a size has to get; the limit keeps it from growing on the way. docs/performance.md has the story.
// A bundle far below its limit has lost what it is for, so each size has a floor too.
const rows = [
  {
    name: 'Sequential, Dense, fit',
    unit: 'bytes',
    floor: 8_000,
    limit: 104_300,
    goal: 45_000,
    measure: () => size(small),
  },
  {
    name: 'everything',
    unit: 'bytes',
    floor: 8_000,
    limit: 149_900,
    goal: 110_000,
    measure: () => size(everything),
  },
  {
    name: 'source of the library',
    unit: 'lines',
    floor: 100,
    limit: 25_900,
    goal: 7_000,
    measure: () => countLines((file) => !onTop.test(file)),
  },
  {
    name: 'source on top of it',
    unit: 'lines',
    floor: 100,
    limit: 14_400,
    measure: () => countLines((file) => onTop.test(file)),
  },
  { name: 'type check', unit: 'ms', measure: typeCheck },
];

async function size(contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser', // an import of `node:` on the way is an error
    tsconfigRaw: {}, // whose paths lead to the source
    write: false,
    logLevel: 'silent',
  });
  return gzipSync(outputFiles[0].contents, { level: 9 }).length;
}

/** What stands on the library and reaches no page that only computes: each is an entry of its own. */
const onTop = /^src\/(data|datasets|plot|estimators|cli)\//;

function countLines(belongs) {
  return sourceFiles('src')
    .filter(belongs)
    .reduce((sum, file) => sum + codeLines(file).size, 0);
}

function typeCheck() {
  const start = performance.now();
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '--noEmit'], { cwd: root });
  return Math.round(performance.now() - start);
}

/** Minified bytes of the smallest bundle by folder of src. */
async function profile() {
  const { metafile } = await build({
    stdin: { contents: small.replace("'myelin'", "'./src/index.ts'"), resolveDir: root, loader: 'ts' },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  const folders = new Map();
  for (const [file, { bytesInOutput }] of Object.entries(Object.values(metafile.outputs)[0].inputs)) {
    const folder = file.replace(/[^/]*$/, '');
    folders.set(folder, (folders.get(folder) ?? 0) + bytesInOutput);
  }
  for (const [folder, bytes] of [...folders].sort((a, b) => b[1] - a[1])) {
    if (folder) console.log(`${folder.padEnd(28)} ${bytes.toLocaleString('en').padStart(8)} bytes minified`);
  }
}

async function report({ name, unit, floor = 0, limit = Infinity, goal, measure }) {
  let value;
  try {
    value = await measure();
  } catch (error) {
    const reason = error.errors?.map(({ text }) => text).join('; ') || error.message.split('\n')[0];
    console.log(`${name.padEnd(24)} cannot be measured: ${reason}`);
    return limit === Infinity;
  }
  const verdict = value > limit ? '  TOO LARGE' : value < floor ? '  TOO SMALL: something is missing' : '';
  const bound = limit === Infinity ? '' : ` of ${limit.toLocaleString('en')}`;
  const wanted = goal ? ` (goal ${goal.toLocaleString('en')})` : '';
  console.log(
    `${name.padEnd(24)} ${value.toLocaleString('en').padStart(8)}${bound} ${unit}${wanted}${verdict}`,
  );
  return verdict === '';
}

if (!existsSync(new URL('../dist/index.js', import.meta.url))) {
  console.error('Nothing is built yet: npm run build');
  process.exit(1);
}
const results = [];
for (const row of rows) results.push(await report(row));
if (process.argv.includes('--profile')) await profile();
process.exitCode = results.every(Boolean) ? 0 : 1;
