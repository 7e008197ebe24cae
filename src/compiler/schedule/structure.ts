/** A text that is equal for kernels that differ only in the arrays and axes they name: they share their loops. */
import type { Axis, Index } from '../../loops/axis.js';
import { type Buffer, type Coordinate, type Expression, isKnown } from '../../loops/expression.js';
import type { Kernel, Store } from '../../loops/kernel.js';

export const structureOf = (kernel: Kernel): string => new Spelling().kernel(kernel);

const showNumber = (x: number): string => (Object.is(x, -0) ? '-0' : `${x}`);

/**
 * Texts of kernels beside each other. Arrays, axes and formulas that stand there before become numbers, in the order in
 * which they are met.
 */
export class Spelling {
  readonly #numbers = new Map<unknown, number>();

  numberOf(x: unknown): number {
    const known = this.#numbers.get(x);
    if (known !== undefined) return known;
    this.#numbers.set(x, this.#numbers.size);
    return this.#numbers.size - 1;
  }

  /** Names that have a number, in order. */
  get names(): readonly string[] {
    return [...this.#numbers.keys()].filter((x) => typeof x === 'string');
  }

  kernel({ axes, stores, body }: Kernel): string {
    let text = `for ${this.#all(axes, (axis) => this.#axis(axis))}`;
    for (const store of stores) text += `; ${this.#store(store)}`;
    return body ? `${text} by ${this.#parts(body)}` : text;
  }

  #store({ buffer, at, value, mode }: Store): string {
    return `${mode} ${this.#buffer(buffer)}[${this.#places(at)}] ${this.#formula(value)}`;
  }

  #buffer({ name, dtype, shape }: Buffer): string {
    let text = `${this.numberOf(name)}:${dtype}`;
    for (let d = 0; d < shape.length; d++) text += `:${shape[d]}`;
    return text;
  }

  #axis(axis: Axis): string {
    return `${this.numberOf(axis)}<${axis.size}`;
  }

  #index({ terms, offset }: Index): string {
    let text = '';
    terms.forEach((times, axis) => {
      text += `${times}*${this.numberOf(axis)}+`;
    });
    return text + offset;
  }

  #places(at: readonly Coordinate[]): string {
    return this.#all(at, (c) => (isKnown(c) ? this.#index(c) : this.#formula(c)));
  }

  #formula(e: Expression): string {
    const { size } = this.#numbers;
    const number = this.numberOf(e);
    return number < size ? `#${number}` : this.#spelt(e);
  }

  #spelt(e: Expression): string {
    switch (e.kind) {
      case 'constant':
        return `${e.type} ${showNumber(e.value)}`;
      case 'counter':
        return `(${this.#index(e.index)})`;
      case 'load':
        return `${this.#buffer(e.buffer)}[${this.#places(e.at)}]${showNumber(e.fill)}`;
      case 'call':
        return `${e.name}(${this.#all(e.args, (arg) => this.#formula(arg))})`;
      case 'fold': {
        const axes = this.#all(e.axes, (axis) => this.#axis(axis));
        return `${e.by} ${e.order} ${axes}(${this.#formula(e.body)})`;
      }
    }
  }

  #all<T>(list: readonly T[], spell: (x: T) => string): string {
    let text = '';
    for (let i = 0; i < list.length; i++) text += `${spell(list[i]!)},`;
    return text;
  }

  /** What a body says of itself: lists of lists, formulas and whatever has a text. */
  #parts(x: unknown): string {
    if (Array.isArray(x)) return `[${this.#all(x, (part) => this.#parts(part))}]`;
    if (typeof x !== 'object' || x === null) return String(x);
    return 'toJSON' in x
      ? this.#parts((x as { toJSON(): unknown }).toJSON())
      : this.#formula(x as Expression);
  }
}
