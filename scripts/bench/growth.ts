/** Whether speed holds as data, depth and width grow. */
import { identity, type Library, modelOf, networks, tensorsOf } from './networks.js';
import { milliseconds, report, timed, typical } from './timing.js';
import { countOf } from './workloads.js';

export async function growth(library: Library): Promise<void> {
  await depth(library); // first: it is cold
  await samples(library);
  await width(library);
}

/** Samples a second, as many in all for each size of the data. */
async function samples(library: Library): Promise<void> {
  const most = countOf(process.env, 'SAMPLES', 100_000);
  const network = networks['mlp-784-128-10'];
  for (const count of [most / 100, most / 10, most]) {
    const model = modelOf(library, network);
    const { x, y } = tensorsOf(library, network, count);
    const train = (epochs: number) => model.fit(x, y, { epochs, batchSize: 32, verbose: 0 });
    await train(1);
    const epochs = most / count;
    const { seconds, spread } = await timed(() => train(epochs), countOf(process.env, 'REPS', 3));
    const id = { ...identity(library), workload: `growth ${count} samples` };
    report({ ...id, samples_per_s: (epochs * count) / seconds, ...spread });
  }
}

/**
 * Time until 100 layers of one shape have made their first step, less the time of a step: cold in a process that has
 * compiled nothing like it; warm after 100 layers of another shape, so that nothing but the compiler is warm.
 */
async function depth(library: Library): Promise<void> {
  const { Sequential, Dense, tensor } = library;
  const compileTime = async (width: number) => {
    const layers = Array.from({ length: 100 }, () => new Dense(width, { activation: 'relu' }));
    const model = new Sequential([new Dense(width, { inputShape: [width] }), ...layers]);
    model.compile({ optimizer: 'adam', loss: 'mean_squared_error' });
    const x = tensor(new Float32Array(32 * width).fill(0.1), { shape: [32, width] });
    const step = () => model.trainOnBatch(x, x);
    return (await milliseconds(step)) - (await typical(step, 100));
  };
  const cold = await compileTime(48);
  const warm = await compileTime(64);
  report({
    ...identity(library),
    workload: 'compile 100 dense',
    compile_cold_ms: cold,
    compile_warm_ms: warm,
  });
}

/** A step of 2000-2000-2000 with 256 samples; five products of 256 x 2000 x 2000 count. */
async function width(library: Library): Promise<void> {
  const { Sequential, Dense, tensor } = library;
  const [size, rows] = [2000, 256];
  const model = new Sequential([
    new Dense(size, { activation: 'relu', inputShape: [size] }),
    new Dense(size),
  ]);
  model.compile({ optimizer: 'adam', loss: 'mean_squared_error' });
  const x = tensor(new Float32Array(rows * size).fill(0.1), { shape: [rows, size] });
  const ms = await typical(() => model.trainOnBatch(x, x), 3000);
  const gflops = (5 * 2 * rows * size * size) / 1e6 / ms;
  const id = { ...identity(library), workload: 'mlp 2000x2000', against: 'sgemm 1024x1024x1024' };
  report({ ...id, gflops, ms_per_step: ms });
}
