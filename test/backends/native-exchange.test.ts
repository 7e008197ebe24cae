/** One version of a program takes the place of another, and what happens where none can be had. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Accelerator, NativeCode } from '../../src/backends/accelerator.js';
import { offerAccelerator } from '../../src/backends/accelerator.js';
import { backend, setBackend } from '../../src/backends/choose.js';
import { accelerator } from '../../src/backends/native/accelerator.js';
import { type Acceleration, Background, Waiting } from '../../src/backends/wasm/acceleration.js';
import type { Versions } from '../../src/backends/wasm/version.js';
import { problem } from '../../src/core/errors.js';
import { resetWarnings, setWarnings } from '../../src/core/warnings.js';
import { Dense, Dropout, Input, Sequential } from '../../src/index.js';
import { writesOf } from '../../src/loops/kernel.js';
import type { Program } from '../../src/loops/program.js';
import { compiled } from '../../src/tensor/compiled.js';
import { tensor } from '../../src/tensor/create.js';
import { random, setRandomSeed } from '../../src/tensor/random.js';
import { Variable } from '../../src/tensor/variable.js';
import { chooseAccelerated, chooseAgain, compilerHere } from './native.js';

let said: string[] = [];
let release = () => {};
beforeEach(() => {
  said = [];
  release = () => {};
  resetWarnings();
  setWarnings((text) => said.push(text));
});
afterEach(() => {
  release();
  setWarnings(true);
  offerAccelerator(accelerator);
  chooseAgain();
});

/** Machine code that comes when the test says so. */
class OnDemand implements Acceleration {
  readonly #begun: [Program, Versions][] = [];

  begin(program: Program, versions: Versions): void {
    this.#begun.push([program, versions]);
  }
  async beginLater(program: Program, versions: Versions): Promise<void> {
    this.begin(program, versions);
  }
  offerAll(change: (code: NativeCode, program: Program) => NativeCode = (code) => code): void {
    for (const [program, versions] of this.#begun)
      versions.offer(change(compilerHere!.make(program), program));
  }
  /** How many programs run in C. */
  get taken(): number {
    return this.#begun.filter(([, { current }]) => 'library' in current.code).length;
  }
}

const steps = 12;
/** Weights after some steps of a small network with dropout. */
async function train(between: (step: number) => unknown = () => {}): Promise<Int32Array[]> {
  setRandomSeed(7);
  const model = new Sequential([
    Input([20]),
    new Dense(48, { activation: 'relu' }),
    new Dropout(0.3),
    new Dense(3, { activation: 'softmax' }),
  ]);
  model.compile({ optimizer: 'adam', loss: 'sparse_categorical_crossentropy' });
  const x = random.uniform([64, 20], { seed: 5 });
  const y = tensor(Array.from({ length: 64 }, (_, i) => i % 3));
  for (let step = 0; step < steps; step++) {
    await between(step);
    await model.trainOnBatch(x, y);
  }
  return model.getWeights().map((w) => new Int32Array(w.data().buffer.slice(0)));
}

/** Counts runs in a variable. */
function counter() {
  const count = new Variable(tensor([0, 10, 20, 30, 40]));
  const step = compiled(() => {
    count.assign(count.add(1));
    return {};
  });
  const bound = step.bind({});
  release = () => bound.release();
  return { count, bound };
}

describe.skipIf(!compilerHere)('a program that goes on in C', () => {
  it.each([1, 2])('between two steps comes to the same bits, threads: %s', async (threads) => {
    chooseAgain();
    const expected = await train();
    const onDemand = new OnDemand();
    chooseAccelerated(onDemand, threads);
    const found = await train((step) => void (step === 5 && onDemand.offerAll()));
    expect(found).toEqual(expected);
    expect(onDemand.taken).toBeGreaterThan(0);
    expect(said).toEqual([]);
  });

  it('stays in WebAssembly when its first step in C has other bits, which is said once', async () => {
    chooseAgain();
    const expected = await train();
    const onDemand = new OnDemand();
    chooseAccelerated(onDemand);
    const wrong = (code: NativeCode, { externals, kernels }: Program): NativeCode => ({
      ...code,
      run: (memory, ...numbers) => {
        code.run(memory, ...numbers);
        const written = new Set(kernels.flatMap((kernel) => [...writesOf(kernel)]));
        // The last bits of the first numbers.
        for (const [i, { buffer }] of externals.entries())
          if (written.has(buffer.name)) memory[numbers[i]!]! ^= 1;
      },
    });
    const found = await train((step) => {
      if (step === 5) onDemand.offerAll(wrong);
    });
    expect(found).toEqual(expected);
    expect(onDemand.taken).toBe(0);
    expect(said).toEqual([expect.stringMatching(/had other results than in WebAssembly.*MYELIN_CC/)]);
  });

  it('counts the step that compares as one of those asked for', () => {
    const onDemand = new OnDemand();
    chooseAccelerated(onDemand);
    const { count, bound } = counter();
    bound.run(3);
    onDemand.offerAll();
    bound.run(1);
    bound.run(4);
    expect(count.data()).toEqual(new Float32Array([8, 18, 28, 38, 48]));
    expect(onDemand.taken).toBe(1);
  });

  it('is compiled before its second run where nothing tells how often it will run', () => {
    let made = 0;
    const counting: Accelerator = {
      ...compilerHere!,
      make: (program) => {
        made++;
        return compilerHere!.make(program);
      },
    };
    chooseAccelerated(new Waiting(counting));
    const { bound } = counter();
    expect(made).toBe(0);
    bound.run();
    expect(made).toBe(0);
    bound.run();
    expect(made).toBe(1);
    bound.run();
    expect(made).toBe(1);
  });

  it('goes on in WebAssembly when C breaks off in its first step, and loses nothing', async () => {
    chooseAgain();
    const expected = await train();
    const onDemand = new OnDemand();
    chooseAccelerated(onDemand);
    const breaking = (code: NativeCode): NativeCode => ({
      ...code,
      run: (memory, ...numbers) => {
        code.run(memory, ...numbers);
        throw new Error('another thread broke off');
      },
    });
    const found = await train((step) => void (step === 5 && onDemand.offerAll(breaking)));
    expect(found).toEqual(expected);
    expect(onDemand.taken).toBe(0);
    expect(said).toEqual([expect.stringContaining('another thread broke off')]);
  });

  it('has gone there by itself, in the background, when it had run for long', async () => {
    chooseAgain();
    const expected = await train();
    const begun: Versions[] = [];
    const background = new Background(async () => compilerHere!);
    const begin = (program: Program, versions: Versions) => {
      background.begin(program, versions);
      begun.push(versions);
    };
    chooseAccelerated({ begin, beginLater: async (program, versions) => begin(program, versions) });
    const isThere = () => begun.some(({ candidate }) => candidate !== undefined);
    const found = await train(async (step) => {
      if (step === 4) for (const versions of begun) versions.note(200);
      if (step === 5) while (!isThere()) await new Promise((resolve) => setImmediate(resolve));
    });
    expect(found).toEqual(expected);
    expect(begun.filter(({ current }) => 'library' in current.code).length).toBeGreaterThan(0);
    expect(background.ending).toMatch(/C \(\d+-bit vectors, /);
    expect(said).toEqual([]);
  });
});

const failure = problem('backend-missing', {
  subject: "Backend 'native'",
  expected: 'a C compiler',
  received: 'one that prints poems',
  fix: 'Use another.',
});
const failing: Accelerator = {
  describe: () => 'poems',
  make: () => {
    throw failure;
  },
  makeLater: () => Promise.reject(failure),
};

describe('where C cannot be had', () => {
  it('a program that waited for it runs in WebAssembly, which is said once, and no other waits', async () => {
    chooseAgain();
    const expected = await train();
    chooseAccelerated(new Waiting(failing));
    expect(await train()).toEqual(expected);
    expect(said).toEqual([expect.stringMatching(/prints poems[\s\S]*run on the wasm backend from here on/)]);
  });

  it('programs that began before the compiler failed do not ask it again', () => {
    let asked = 0;
    const make = () => {
      asked++;
      throw failure;
    };
    chooseAccelerated(new Waiting({ ...failing, make }));
    const programs = [counter(), counter()];
    for (const { bound } of programs) bound.run();
    for (const { bound } of programs) bound.run();
    expect(asked).toBe(1);
    expect(programs.map(({ count }) => count.data()[0])).toEqual([2, 2]);
    programs[0]!.bound.release();
  });

  it('training that did not ask for it goes on and says nothing', async () => {
    let asked = 0;
    const background = new Background(() => {
      asked++;
      return Promise.reject(failure);
    });
    const begun: Versions[] = [];
    chooseAccelerated({
      begin: (program, versions) => {
        background.begin(program, versions);
        begun.push(versions);
      },
      beginLater: (program, versions) => background.beginLater(program, versions),
    });
    const { count, bound } = counter();
    expect(background.ending).toContain('where there is a compiler');
    bound.run();
    for (const versions of begun) versions.note(150);
    bound.run();
    expect(asked).toBe(0);
    for (const versions of begun) versions.note(150);
    bound.run();
    expect(asked).toBe(1);
    await new Promise((resolve) => setImmediate(resolve));
    bound.run();
    expect(count.data()[0]).toBe(4);
    expect(background.ending).toBe('');
    expect(said).toEqual([]);
  });

  it("setBackend('native') says why, and takes WebAssembly", () => {
    offerAccelerator({
      find: () => {
        throw failure;
      },
      findLater: () => Promise.reject(failure),
    });
    setBackend('native', { threads: 1 });
    expect(backend()).toMatch(/^wasm: 128-bit vectors, .*one thread$/);
    expect(said).toEqual([expect.stringMatching(/prints poems[\s\S]*run on the wasm backend instead/)]);
  });
});
