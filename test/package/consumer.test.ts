import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { examples } from '../../src/cli/examples.js';
import { installed } from './pack.js';

const program = `
import { Adam, Dense, Dropout, EarlyStopping, Sequential, tensor, type Tensor } from 'myelin';

const model = new Sequential([
  new Dense(8, { activation: 'relu', inputShape: [2] }),
  new Dropout(0.1),
  new Dense(1, { activation: 'sigmoid' }),
]);
model.compile({ optimizer: new Adam({ learningRate: 1e-2 }), loss: 'binary_crossentropy', metrics: ['accuracy'] });
const x = tensor([[0, 0], [0, 1], [1, 0], [1, 1]]);
const y: readonly number[] = [0, 1, 1, 0];
const history = await model.fit(x, y, {
  epochs: 2,
  batchSize: 2,
  verbose: 0,
  callbacks: [new EarlyStopping({ monitor: 'loss' })],
});
const last: number | undefined = history.history.loss?.at(-1);
const predictions: Tensor = await model.predict(x);
console.log(JSON.stringify({ finite: Number.isFinite(last), shape: predictions.shape }));
`;

const options = {
  target: 'es2022',
  module: 'nodenext',
  lib: ['es2022', 'dom'],
  types: [],
  strict: true,
  skipLibCheck: false,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  declaration: true,
  outDir: 'out',
};

function consumer(): string {
  const folder = installed();
  writeFileSync(join(folder, 'main.ts'), program);
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: options, files: ['main.ts'] }),
  );
  return folder;
}

const folder = consumer();

test('a project compiles against the published types without skipLibCheck, and runs', () => {
  const run = (...args: string[]) => spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  const { stdout } = run(resolve('node_modules/typescript/bin/tsc'), '-p', '.');
  expect(stdout).toBe('');
  const { stdout: printed, stderr } = run('out/main.js');
  expect(stderr).toBe('');
  expect(JSON.parse(printed)).toEqual({ finite: true, shape: [4, 1] });
}, 60_000);

test('the published types need neither those of pages nor the newest compiler', () => {
  writeFileSync(
    join(folder, 'plain.ts'),
    "export * from 'myelin';\nexport { plotHistory } from 'myelin/plot';\n",
  );
  const typeRoots = [resolve('node_modules/@types')];
  const types = { ...options, lib: ['es2022'], types: ['node'], typeRoots, noEmit: true };
  writeFileSync(join(folder, 'plain.json'), JSON.stringify({ compilerOptions: types, files: ['plain.ts'] }));
  const { stdout } = spawnSync(
    process.execPath,
    [resolve('node_modules/typescript/bin/tsc'), '-p', 'plain.json'],
    { cwd: folder, encoding: 'utf8' },
  );
  expect(stdout).toBe('');
  const published = join(folder, 'node_modules', 'myelin', 'dist');
  const texts = readdirSync(published).filter((name) => name.endsWith('.d.ts'));
  // Types of arrays are generic from TypeScript 5.7 on.
  for (const name of texts)
    expect(readFileSync(join(published, name), 'utf8')).not.toMatch(/Array(?:BufferView)?<ArrayBuffer/);
}, 60_000);

const myelin = (...words: string[]) => {
  const cli = join(folder, 'node_modules', 'myelin', 'dist', 'cli.js');
  return spawnSync(process.execPath, [cli, ...words], { cwd: folder, encoding: 'utf8' });
};

test('the installed command names the examples', () => {
  const { status, stdout } = myelin('example');
  expect(stdout.match(/(?<=^ {2})[\w-]+/gm)).toEqual(Object.keys(examples));
  expect(status).toBe(0);
});

test.each([
  ['titanic', ['--epochs', '2']],
  ['fashion-mlp', ['--small']],
  ['fashion-cnn', ['--small']],
] as const)(
  'the installed command runs %s, and leaves its picture below the current folder',
  (name, words) => {
    const { status, stdout, stderr } = myelin('example', name, ...words);
    expect(existsSync(join(folder, 'examples', 'out', `${name}.svg`))).toBe(true);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/\ntest accuracy \d\.\d\d\n$/);
  },
  60_000,
);
