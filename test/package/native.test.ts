/** The built package in processes of its own: WebAssembly, C that is waited for, and C in the background. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { compilerHere } from '../backends/native.js';

const cache = mkdtempSync(join(tmpdir(), 'myelin-native-'));
afterAll(() => rmSync(cache, { recursive: true }));

/** Trains for some epochs, or until what runs is as wanted, and prints the backend and a number of all weights. */
const program = `
import { backend, Dense, Dropout, Input, random, Sequential, setRandomSeed, arange } from 'myelin';
setRandomSeed(3);
const model = new Sequential([
  Input([256]), new Dense(192, { activation: 'relu' }), new Dropout(0.2), new Dense(10, { activation: 'softmax' }),
]);
model.compile({ optimizer: 'adam', loss: 'sparse_categorical_crossentropy' });
const [x, y] = [random.uniform([2048, 256], { seed: 1 }), arange(2048).mod(10)];
const { UNTIL, WHILE } = process.env;
const fit = (epochs) => model.fit(x, y, { epochs, verbose: 0 });
if (UNTIL) while (!backend().includes(UNTIL)) await fit(1);
else if (WHILE) while (backend().includes(WHILE)) await fit(1);
else await fit(3);
let sum = 0;
for (const weights of model.getWeights())
  for (const bits of new Int32Array(weights.data().buffer)) sum = (Math.imul(sum, 31) + bits) | 0;
console.log(JSON.stringify({ backend: backend(), sum }));
`;

interface Printed {
  readonly backend: string;
  readonly sum: number;
}

function run(environment: Readonly<Record<string, string>>, flags: readonly string[] = []) {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [...flags, '--input-type=module', '--eval', program],
    { env: { ...process.env, MYELIN_CACHE_DIR: cache, ...environment }, encoding: 'utf8' },
  );
  expect(status, stderr).toBe(0);
  return { ...(JSON.parse(stdout.trim().split('\n').at(-1)!) as Printed), stderr };
}

function train(environment: Readonly<Record<string, string>>): Printed {
  const { stderr, ...printed } = run(environment);
  expect(stderr).toBe('');
  return printed;
}

const slow = { timeout: 60_000 };

describe('the built package', slow, () => {
  it('trains in WebAssembly alone where that was asked for', () => {
    expect(train({ MYELIN_BACKEND: 'wasm' }).backend).toMatch(/^wasm: .*(thread|threads)$/);
  });

  it('looks for a compiler when training takes long, and says nothing where there is none', () => {
    const { backend } = train({ MYELIN_CC: join(cache, 'none'), WHILE: 'compiler' });
    expect(backend).toMatch(/^wasm: .*(thread|threads)$/);
  });

  it.skipIf(!compilerHere)('trains in C where that was asked for, with the same bits', () => {
    const { backend, sum } = train({ MYELIN_BACKEND: 'native' });
    expect(backend).toMatch(/^native: (128|256|512)-bit vectors, /);
    expect(sum).toBe(train({ MYELIN_BACKEND: 'wasm' }).sum);
  });

  it.skipIf(!compilerHere)('finds a compiler by itself when training takes long', () => {
    expect(train({ UNTIL: 'C (' }).backend).toMatch(/^wasm: .*long runs go on in C \(\d+-bit vectors, /);
  });

  it("trains in WebAssembly where Node's permission model forbids compilers and libraries", () => {
    const flag = process.allowedNodeEnvironmentFlags.has('--permission')
      ? '--permission'
      : '--experimental-permission';
    const { backend, sum, stderr } = run({ MYELIN_BACKEND: 'native' }, [flag, '--allow-fs-read=*']);
    expect(backend).toMatch(/^wasm: .*, one thread$/);
    // Once, whichever of the compilers there are here.
    expect(stderr.match(/expected a C compiler, .* ERR_ACCESS_DENIED/g)).toHaveLength(1);
    expect(sum).toBe(train({ MYELIN_BACKEND: 'wasm' }).sum);
  });
});
