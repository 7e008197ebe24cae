/** Data that several programs share. */

import type { Storage } from '../backends/backend.js';
import { currentBackend, holdBackend } from '../backends/choose.js';
import { isCount } from '../core/shape.js';
import { check } from '../ops/fields.js';
import type { Tensor } from './tensor.js';

/**
 * Tensors by name that lie in the backend's memory once for several programs, such as a data set. The backend cannot be
 * changed until they are released.
 *
 * @example
 * const [x, y] = [tensor([1, 2]), tensor([3, 4])];
 * const data = new Resident({ x, y });
 * data.write('x', x.data());
 * data.write('y', y.data());
 * const product = compiled(({ x, y }) => ({ z: x.mul(y) })).bind({ x, y }, data);
 * product.run();
 * product.outputs().z.toArray(); // [3, 8]
 */
export class Resident {
  readonly places: ReadonlyMap<string, Storage>;
  readonly #lent: ReadonlyMap<string, Storage>;
  readonly #letGo: () => void;

  /** Makes a place for each tensor that has none, for `write` to fill: in parts where there is much. */
  constructor(tensors: Readonly<Record<string, Tensor>>, lent: ReadonlyMap<string, Storage> = new Map()) {
    const backend = currentBackend();
    this.#lent = lent;
    this.places = new Map(
      Object.entries(tensors).map(([name, x]) => [name, lent.get(name) ?? backend.allocate(x.dtype, x.size)]),
    );
    this.#letGo = holdBackend();
  }

  /** Writes values over a tensor, from element `from` on. */
  write(name: string, values: ArrayLike<number>, from = 0): void {
    const place = this.places.get(name);
    checkPart(name, place?.size ?? 0, values, from);
    place?.set(values, from);
  }

  /** Whether a tensor of this form lies here under this name. Throws a ConfigError for another form. */
  has(name: string, { dtype, size }: Tensor): boolean {
    const place = this.places.get(name);
    if (!place) return false;
    const fits = place.dtype === dtype && place.size === size;
    check(fits, `bind of '${name}'`, `${place.size} elements of ${place.dtype}`, `${size} of ${dtype}`);
    return true;
  }

  /** Gives its own places back. */
  release(): void {
    this.#letGo();
    for (const [name, place] of this.places) if (!this.#lent.has(name)) place.free();
  }
}

/** Throws a ConfigError unless an array of so many elements has the place that values are written to. */
export function checkPart(name: string, size: number, values: ArrayLike<number>, from: number): void {
  if (isCount(from) && from + values.length <= size) return;
  check(false, `write to '${name}'`, `elements 0 to ${size - 1}`, `${values.length} from ${from} on`);
}
