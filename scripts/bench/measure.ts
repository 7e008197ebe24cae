/** The process that is measured: `measure.mjs NAME LIBRARY` imports the package and nothing else. */
import { type Library, modelOf, tensorsOf } from './networks.js';
import { latency, report, timed } from './timing.js';
import { type Plan, planOf } from './workloads.js';

/** Loaded when they are asked for, so that a cold start stays small. */
const programs: Readonly<Record<string, () => Promise<(library: Library) => Promise<void>>>> = {
  growth: async () => (await import('./growth.js')).growth,
  limits: async () => (await import('./limits.js')).limits,
  matmul: async () => (await import('./matmul.js')).matmul,
  naive: async () => (await import('./naive.js')).naive,
};

const [name, file] = process.argv.slice(2) as [string, string];
const library: Library = await import(file);
const program = await programs[name]?.();
await (program ? program(library) : workload(name, planOf(name)));

async function workload(name: string, plan: Plan): Promise<void> {
  const description = library.backend();
  const threads = /(\d+) threads/.exec(description)?.[1] ?? 1;
  const id = { peer: 'myelin', backend: `${description.split(':')[0]}-${threads}t`, workload: name };
  report({ ...id, ...(await (plan.epochs > 0 ? training(plan) : predicting(plan))) });
}

async function training({ network, samples, epochs, batchSize, repetitions, cold }: Plan) {
  const model = modelOf(library, network);
  const { x, y } = tensorsOf(library, network, samples);
  const losses: number[] = [];
  const train = async (epochs: number) => {
    const { history } = await model.fit(x, y, { epochs, batchSize, shuffle: true, verbose: 0 });
    losses.push(...history.loss!);
  };
  if (!cold) await train(1);
  const { seconds, spread } = await timed(() => train(epochs), repetitions);
  const steps = Math.ceil(samples / batchSize) * epochs;
  return {
    samples_per_s: (samples * epochs) / seconds,
    ms_per_step: (seconds * 1000) / steps,
    loss_first: losses[0],
    loss_last: losses.at(-1),
    ...spread,
    samples,
    epochs,
  };
}

async function predicting({ network, samples, batchSize, repetitions }: Plan) {
  const model = modelOf(library, network);
  const { x } = tensorsOf(library, network, samples);
  const { x: one } = tensorsOf(library, network, 1);
  const single = await latency(async () => (await model.predict(one)).data());
  const onBatch = await latency(async () => (await model.predictOnBatch(one)).data(), 2000);
  const all = async () => (await model.predict(x, { batchSize })).data();
  await all();
  const { seconds, spread } = await timed(all, repetitions);
  return {
    latency_us: single.latency,
    calls: single.calls,
    on_batch_latency_us: onBatch.latency,
    samples_per_s: samples / seconds,
    ms_per_step: (seconds * 1000) / Math.ceil(samples / batchSize),
    ...spread,
  };
}
