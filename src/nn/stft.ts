import type { Config } from '../core/declaration.js';
import { problem } from '../core/errors.js';
import { bool, either, maybe, oneOf } from '../core/fields.js';
import { type Shape, showShape } from '../core/shape.js';
import { tensor } from '../tensor/create.js';
import type { Tensor } from '../tensor/tensor.js';
import { initializer } from './initializer.js';
import { type Numbers, numbers, tensorOf } from './numbers.js';

/** Windows by SciPy's names: the `aₖ` of `Σ aₖ cos(kπu)` for u from -1 to 1. Source: Harris 1978. */
const windows = {
  hann: [0.5, 0.5],
  hamming: [0.54, 0.46],
  blackman: [0.42, 0.5, 0.08],
  blackmanharris: [0.35875, 0.48829, 0.14128, 0.01168],
  boxcar: [1],
} as const;
type WindowName = keyof typeof windows;

/** The window at each of `count` places, of which a periodic one leaves out the last. */
function windowOf(name: WindowName, count: number, periodic: boolean): number[] {
  const last = Math.max(1, count - Number(!periodic));
  return Array.from({ length: count }, (_, i) => {
    const angle = count === 1 ? 0 : Math.PI * ((2 * i) / last - 1);
    return windows[name].reduce<number>((sum, a, k) => sum + a * Math.cos(k * angle), 0);
  });
}

/** Factors of the waves at each place. */
function weightsOf(window: WindowName | Numbers | null, count: number, periodic: boolean): number[] {
  if (window === null) return Array(count).fill(1);
  return typeof window === 'string' ? windowOf(window, count, periodic) : [...tensorOf(window).values()];
}

const fields = () => ({
  /** Which part: the cosines, or the sines. */
  side: oneOf(['real', 'imag'], 'real'),
  /** What the waves are multiplied by: a window's name, its values, or nothing when null. */
  window: {
    ...maybe(either(oneOf(Object.keys(windows) as WindowName[]), numbers())),
    fallback: 'hann' as const,
  },
  /** What is made 1 by dividing: the window's Σw² as `'density'`, (Σ|w|)² as `'spectrum'`, nothing when null. */
  scaling: { ...maybe(oneOf(['density', 'spectrum'])), fallback: 'density' as const },
  /** Whether the window would go on with its first value, rather than end as it began. */
  periodic: bool(false),
});

/**
 * Waves of the short-time Fourier transform as a convolution kernel `[frame, 1, frequencies]`: `w(t) cos(-2πtf / n)` or the
 * sine of it, where `n = 2 (frequencies - 1)`.
 *
 * Throws    ShapeError for a shape of other than three axes, or a window of other length than the frame
 *
 * @example
 * new STFT({ window: null }).call([2, 1, 2]).toArray(); // [[[1, 1]], [[1, -1]]]
 */
export class STFT extends /* @__PURE__ */ initializer('STFT', fields, stft) {}

function stft(shape: Shape, { side, window, scaling, periodic }: Config<typeof fields>): Tensor {
  const [frame = 0, , frequencies = 0] = shape;
  const weights = weightsOf(window, frame, periodic);
  if (shape.length !== 3 || weights.length !== frame) {
    const expected = `a shape [frame, 1, frequencies] and a window of ${frame} values`;
    const received = `${showShape(shape)} and ${weights.length}`;
    throw problem('shape-mismatch', { subject: 'STFT', expected, received });
  }
  const total = (power: number) => weights.reduce((sum, w) => sum + Math.abs(w) ** power, 0);
  const divisors = { density: () => Math.sqrt(total(2)), spectrum: () => total(1) };
  const divisor = window === null || scaling === null ? 1 : divisors[scaling]();
  const wave = side === 'real' ? Math.cos : Math.sin;
  const { fround } = Math;
  const values = Float32Array.from({ length: frame * frequencies }, (_, i) => {
    const [t, f] = [Math.floor(i / frequencies), i % frequencies];
    // Keras computes the angle in float32, which for long frames is another one.
    const angle = fround(fround(-2 * t * fround(f / (2 * (frequencies - 1)))) * fround(Math.PI));
    return (wave(angle) * weights[t]!) / divisor;
  });
  return tensor(values, { shape: [frame, 1, frequencies] }).broadcastTo(shape);
}
