/** The process that is measured: `measure.mjs NAME LIBRARY` imports the package and nothing else. */
import { identity, type Library, modelOf, tensorsOf } from './networks.js';
import { latency, report, timed } from './timing.js';
import { type Plan, planOf } from './workloads.js';

type Program = (library: Library, file: string, subject: string) => Promise<void>;
/** Loaded when they are asked for, so that a cold start stays small. */
const programs: Readonly<Record<string, () => Promise<Program>>> = {
  compile: async () => (await import('./compile.js')).compile,
  'first-step': async () => (await import('./compile.js')).firstStep,
  growth: async () => (await import('./growth.js')).growth,
  limits: async () => (await import('./limits.js')).limits,
  matmul: async () => (await import('./matmul.js')).matmul,
  naive: async () => (await import('./naive.js')).naive,
};

const [name, file, subject = ''] = process.argv.slice(2) as [string, string, string?];
const library: Library = await import(file);
const program = await programs[name]?.();
await (program ? program(library, file, subject) : workload(name, planOf(name)));

async function workload(name: string, plan: Plan): Promise<void> {
  report({
    ...identity(library),
    workload: name,
    ...(await (plan.epochs > 0 ? training(plan) : predicting(plan))),
  });
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
