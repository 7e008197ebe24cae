/** The same work in plain JavaScript loops, beside which a ratio means something on any machine. */
import { uniform } from './data.js';
import { type Library, modelOf, networks, tensorsOf } from './networks.js';
import { report, typical } from './timing.js';

type Floats = Float32Array;

/** c += a b, the inner loop along rows so that it reads memory in order. */
function addProduct(a: Floats, b: Floats, c: Floats, [rows, inner, columns]: readonly number[]): void {
  for (let i = 0; i < rows!; i++)
    for (let k = 0; k < inner!; k++) {
      const factor = a[i * inner! + k]!;
      for (let j = 0; j < columns!; j++) c[i * columns! + j]! += factor * b[k * columns! + j]!;
    }
}

function transposed(a: Floats, rows: number, columns: number): Floats {
  const result = new Float32Array(a.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) result[j * rows + i] = a[i * columns + j]!;
  return result;
}

export async function naive(library: Library): Promise<void> {
  await product(library);
  await step(library);
}

async function product({ tensor, compiled }: Library): Promise<void> {
  const size = 256;
  const [a, b] = [uniform(size * size, 5), uniform(size * size, 6)];
  const shape = [size, size];
  const inputs = { a: tensor(a, { shape }), b: tensor(b, { shape }) };
  const bound = compiled(({ a, b }) => ({ c: a!.matmul(b!) })).bind(inputs);
  const result = new Float32Array(size * size);
  const loops = await typical(() => addProduct(a, b, result.fill(0), [size, size, size]));
  compare(`matmul ${shape.join(' x ')}`, await typical(() => bound.run()), loops);
  bound.release();
}

/** One step of a dense network with 32 samples: forward, the gradient of a softmax crossentropy, and Adam. */
async function step(library: Library): Promise<void> {
  const network = networks['mlp-784-128-10'];
  const samples = 3200;
  const model = modelOf(library, network);
  const { x, y } = tensorsOf(library, network, samples);
  const epoch = () => model.fit(x, y, { epochs: 1, batchSize: 32, verbose: 0 });
  const ours = (await typical(epoch)) / (samples / 32);
  compare('step of 784-128-10', ours, await typical(naiveStep(x.data() as Floats, y.data() as Floats)));
}

function naiveStep(x: Floats, y: Floats): () => void {
  const [batch, inputs, hidden, classes] = [32, 784, 128, 10];
  const first = parameters(uniform(inputs * hidden, 7).map((u) => (u - 0.5) / 16));
  const second = parameters(uniform(hidden * classes, 8).map((u) => (u - 0.5) / 4));
  const samples = x.subarray(0, batch * inputs);
  return () => {
    const active = new Float32Array(batch * hidden);
    addProduct(samples, first.weights, active, [batch, inputs, hidden]);
    for (let i = 0; i < active.length; i++) active[i] = Math.max(active[i]!, 0);
    const output = new Float32Array(batch * classes);
    addProduct(active, second.weights, output, [batch, hidden, classes]);
    for (let i = 0; i < batch; i++) toGradient(output.subarray(i * classes, (i + 1) * classes), y[i]!, batch);
    const back = new Float32Array(batch * hidden);
    addProduct(output, transposed(second.weights, hidden, classes), back, [batch, classes, hidden]);
    for (let i = 0; i < back.length; i++) if (active[i] === 0) back[i] = 0;
    addProduct(transposed(active, batch, hidden), output, second.gradient.fill(0), [hidden, batch, classes]);
    addProduct(transposed(samples, batch, inputs), back, first.gradient.fill(0), [inputs, batch, hidden]);
    for (const each of [first, second]) adam(each);
  };
}

/** Softmax of a row less one at its label, by the size of the batch. */
function toGradient(row: Floats, label: number, batch: number): void {
  const most = Math.max(...row);
  let sum = 0;
  for (let i = 0; i < row.length; i++) sum += row[i] = Math.exp(row[i]! - most);
  for (let i = 0; i < row.length; i++) row[i] = (row[i]! / sum - (i === label ? 1 : 0)) / batch;
}

const parameters = (weights: Floats) => {
  const like = () => new Float32Array(weights.length);
  return { weights, gradient: like(), mean: like(), square: like() };
};

function adam({ weights, gradient, mean, square }: ReturnType<typeof parameters>): void {
  for (let i = 0; i < weights.length; i++) {
    mean[i]! += 0.1 * (gradient[i]! - mean[i]!);
    square[i]! += 0.001 * (gradient[i]! ** 2 - square[i]!);
    weights[i]! -= (0.001 * mean[i]!) / (Math.sqrt(square[i]!) + 1e-7);
  }
}

function compare(workload: string, ours: number, loops: number): void {
  report({ workload, loops_ms: loops, myelin_ms: ours, times_faster: loops / ours });
}
