/** The program whose compilation `docs/architecture.md` tells, and the texts of its stages. */
import { readFileSync } from 'node:fs';
import { setBackend } from '../../src/backends/choose.js';
import { emit } from '../../src/backends/wasm/emit.js';
import { wasmMachine } from '../../src/backends/wasm/wasm.js';
import { graphOf } from '../../src/compiler/dead-code.js';
import { compileGraph } from '../../src/compiler/pipeline.js';
import { printSchedules } from '../../src/compiler/print.js';
import { compiled } from '../../src/tensor/compiled.js';
import { ones, zeros } from '../../src/tensor/create.js';
import { explainCompiled } from '../../src/tensor/explain.js';
import { gradients } from '../../src/tensor/gradient.js';
import { Tensor } from '../../src/tensor/tensor.js';
import { Variable } from '../../src/tensor/variable.js';

// The page shows what stands between these two lines. [
const w = new Variable(ones([3, 4]), { name: 'w' });
const b = new Variable(zeros([4]), { name: 'b' });

const step = compiled(({ x }) => {
  const y = x!.matmul(w).add(b).relu();
  const loss = y.square().sum();
  const [slope] = gradients(loss, [w]);
  w.assign(w.sub(slope!.mul(0.125)));
  return { y };
});

const stages = () => explainCompiled(step, { x: zeros([8, 3]) });
// ]

/** Stages that leave this program as it is; the page says so. */
export const unchanged: Readonly<Record<string, string>> = {
  crop: 'fuse',
  join: 'place results',
  border: 'place results',
};

/** Every generated block of the page by its name. */
export function generatedBlocks(): Map<string, string> {
  setBackend('wasm');
  const blocks = new Map([['record', shownRecord()], ['source', shownSource()], ...stages()]);
  // Told together with what follows it.
  for (const stage of ['simplify', ...Object.keys(unchanged)]) blocks.delete(stage);
  const graph = step.graph({ x: zeros([8, 3]) });
  blocks.set('schedule', printSchedules(compileGraph(graph, wasmMachine).kernels, wasmMachine));
  const alone = compileGraph(graphOf({ y: input('x', [8]).relu() }, []), wasmMachine);
  blocks.set('larger product', scheduleOf(128, 784, 128));
  return blocks.set('bytes', hexadecimal(emit(alone.loops!.procedures, { fused: true })));
}

/** Stages that should equal another, with both texts. */
export function unchangedStages(): [stage: string, text: string | undefined, other: string | undefined][] {
  setBackend('wasm');
  const texts = stages();
  return Object.entries(unchanged).map(([stage, other]) => [stage, texts.get(stage), texts.get(other)]);
}

const shownRecord = () =>
  /export const relu = .*?\n\}\);/s.exec(readFileSync('src/ops/unary.ts', 'utf8'))![0];

const shownSource = () => /\[\n(.*)\n\/\/ \]/s.exec(readFileSync('test/adding/story.ts', 'utf8'))![1]!;

const input = (name: string, shape: number[]) => new Tensor(shape, 'float32', { kind: 'input', name });

/** How `relu(x · w + b)` runs for other sizes of x and w. */
function scheduleOf(rows: number, depth: number, columns: number): string {
  const y = input('x', [rows, depth])
    .matmul(input('w', [depth, columns]))
    .add(input('b', [columns]))
    .relu();
  return printSchedules(compileGraph(graphOf({ y }, []), wasmMachine).kernels, wasmMachine);
}

/** Rows of 24 bytes. */
function hexadecimal(bytes: Uint8Array): string {
  const words = [...bytes].map((byte) => byte.toString(16).padStart(2, '0'));
  const rows = Array.from({ length: Math.ceil(words.length / 24) }, (_, i) =>
    words.slice(24 * i, 24 * (i + 1)),
  );
  return rows.map((row) => row.join(' ')).join('\n');
}
