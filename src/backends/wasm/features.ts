/** What this machine's WebAssembly can do, found out by trying. */
import { problem } from '../../core/errors.js';
import { apply, plus, splat, store } from '../../loops/nest.js';
import { emit } from './emit.js';

/** `x * y + z` of three numbers in memory. */
function probe(fused: boolean): Uint8Array<ArrayBuffer> {
  const [x, y, z] = [0, 4, 8].map((offset) => splat(plus('at', offset), 'float32'));
  const body = [store('at', apply('fma', x!, y!, z!), 'float32', 1)];
  return emit([{ name: 'probe', params: ['at'], exported: true, body }], { fused });
}

let fused: boolean | undefined;

/** Whether `fma` rounds once. Throws a BackendError where WebAssembly has no vectors. */
export function hasFusedMultiplyAdd(): boolean {
  fused ??= find();
  return fused;
}

function find(): boolean {
  if (typeof WebAssembly === 'undefined') throw missing('a machine without WebAssembly');
  if (!WebAssembly.validate(probe(false))) throw missing('WebAssembly without vectors');
  const relaxed = probe(true);
  if (!WebAssembly.validate(relaxed)) allowRelaxedVectors();
  try {
    return roundsOnce(WebAssembly.validate(relaxed) ? relaxed : probe(false));
  } catch {
    throw missing('a page that forbids it', "Add 'wasm-unsafe-eval' to `script-src` of the content policy.");
  }
}

const missing = (received: string, fix = "Use setBackend('reference'), or a newer browser or Node.") =>
  problem('backend-missing', {
    subject: "Backend 'wasm'",
    expected: 'WebAssembly with 128-bit vectors',
    received,
    fix,
  });

/** Node 20 hides relaxed vectors behind a flag; later versions have them and would warn about the flag. */
function allowRelaxedVectors(): void {
  if (typeof process === 'undefined') return;
  const version = Number.parseInt(process.versions?.v8 ?? '', 10);
  if (!(version < 12)) return;
  process.getBuiltinModule?.('node:v8')?.setFlagsFromString('--experimental-wasm-relaxed-simd');
}

/** (1 + 2⁻¹²)² - (1 + 2⁻¹¹) is 2⁻²⁴, and 0 when the product is rounded first. */
function roundsOnce(bytes: Uint8Array<ArrayBuffer>): boolean {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
  const numbers = new Float32Array(memory.buffer, 0, 3);
  numbers.set([1 + 2 ** -12, 1 + 2 ** -12, -(1 + 2 ** -11)]);
  (exports.probe as (at: number) => void)(0);
  return numbers[0] === 2 ** -24;
}
