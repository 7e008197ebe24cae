import type { DType } from '../../src/core/dtype.js';
import { type Axis, Index } from '../../src/loops/axis.js';
import { type Buffer, type Coordinate, type FoldOrder, fold } from '../../src/loops/expression.js';
import type { Kernel, Store } from '../../src/loops/kernel.js';
import { printKernel } from '../../src/loops/print.js';
import { indexValue, Scalar } from '../../src/loops/scalar.js';
import { axis, buffer, kernel, randomFrom, read, storeAt, storeInto } from './wasm-run.js';

/** Random kernels: strides, fills, computed reads, folds in folds, recurrences, all types and stores. */
export class Fuzz {
  private readonly arrays: Buffer[] = [];
  /** What the kernel itself fills, when it may read what it wrote. */
  private own: { buffer: Buffer; axes: readonly Axis[] } | undefined;
  private readonly random: () => number;

  constructor(seed: number) {
    this.random = randomFrom(seed * 7919 + 13);
    for (let i = 0; i < 10; i++) this.random();
  }

  private upTo(n: number): number {
    return Math.floor(this.random() * n);
  }
  private pick<T>(...items: T[]): T {
    return items[this.upTo(items.length)]!;
  }
  private chance(p: number): boolean {
    return this.random() < p;
  }
  private size(): number {
    return this.chance(0.1) ? 1 : this.chance(0.3) ? 1 + this.upTo(5) : 1 + this.upTo(20);
  }

  private array(shape: readonly number[], dtype: DType): Buffer {
    const same = this.arrays.filter((b) => b.dtype === dtype && `${b.shape}` === `${shape}`);
    if (same.length > 0 && this.chance(0.5)) return this.pick(...same);
    const made = buffer(`x${this.arrays.length}`, shape, dtype);
    this.arrays.push(made);
    return made;
  }

  /** A coordinate, and the size of a dimension that it stays inside, or leaves. */
  private coordinate(axes: readonly Axis[], depth: number): { at: Coordinate; size: number } {
    if (depth > 0 && this.chance(0.12))
      return { at: this.value('int', axes, depth - 1).expression, size: 1 + this.upTo(9) };
    const own = this.pick(...axes, undefined);
    let at = new Index(own ? [[own, this.pick(1, 1, 1, 2, -1)]] : [], 0);
    if (axes.length > 0 && this.chance(0.2)) at = at.plus(this.pick(...axes).index);
    const [low, high] = at.range();
    at = at.plus(-low);
    const leaves = this.chance(0.3);
    return {
      at: leaves ? at.plus(this.upTo(5) - 2) : at,
      size: leaves ? Math.max(1, high - low - 1) : high - low + 1 + this.upTo(2),
    };
  }

  /** The output near the point that is being computed. */
  private past({ buffer: from, axes }: NonNullable<Fuzz['own']>): Scalar {
    return read(
      from,
      axes.map((a) => a.index.plus(this.pick(0, 0, -1, -1, 1, -2))),
      this.pick(0, 1),
    );
  }

  private load(axes: readonly Axis[], dtype: DType, depth: number): Scalar {
    if (this.own && dtype === 'float32' && this.chance(0.4)) return this.past(this.own);
    const dimensions = this.chance(0.6)
      ? axes.slice(-3).map((a) => ({ at: a.index as Coordinate, size: a.size }))
      : Array.from({ length: this.upTo(4) }, () => this.coordinate(axes, depth));
    const fill = this.pick(0, 0, 1);
    return read(
      this.array(
        dimensions.map((d) => d.size),
        dtype,
      ),
      dimensions.map((d) => d.at),
      fill,
    );
  }

  value(type: 'float' | 'int' | 'bool', axes: readonly Axis[], depth: number): Scalar {
    if (depth <= 0 || this.chance(0.15)) return this.leaf(type, axes, depth);
    if (this.chance(0.2)) return this.folded(type, axes, depth);
    const next = (t: 'float' | 'int' | 'bool') => this.value(t, axes, depth - 1);
    if (this.chance(0.1)) return next('bool').select(next(type), next(type));
    if (type === 'float')
      return this.pick(
        () => next('float').add(next('float')),
        () => next('float').mul(0.5).sub(next('float')),
        () => next('float').maximum(next('float')),
        () => next('int').toFloat(),
        () => next('float').abs().sqrt(),
      )();
    if (type === 'int')
      return this.pick(
        () => next('int').add(next('int')),
        () => next('int').and(15),
        () => next('int').maximum(next('int')),
        () => next('bool').toInt(),
        () => next('float').toInt(),
        () => next('int').shiftRight(1),
      )();
    return this.pick(
      () => next('float').less(next('float')),
      () => next('int').equal(next('int')),
      () => next('bool').not(),
      () => next('bool').and(next('bool')),
    )();
  }

  private leaf(type: 'float' | 'int' | 'bool', axes: readonly Axis[], depth: number): Scalar {
    if (type === 'float') return this.load(axes, 'float32', depth);
    if (type === 'bool') return this.load(axes, 'bool', depth);
    if (axes.length > 0 && this.chance(0.3))
      return indexValue(
        this.pick(...axes)
          .index.times(this.pick(1, 2))
          .plus(this.upTo(3) - 1),
      );
    return this.load(axes, this.pick('int32', 'uint8'), depth);
  }

  private folded(type: 'float' | 'int' | 'bool', axes: readonly Axis[], depth: number): Scalar {
    const own = Array.from({ length: this.pick(1, 1, 2) }, (_, i) =>
      axis(`k${i}`, this.chance(0.2) ? 20 + this.upTo(30) : this.size()),
    );
    const inner = [...(this.chance(0.7) ? axes : axes.slice(0, -1)), ...own];
    if (type === 'int' && this.chance(0.5)) {
      return new Scalar(
        fold(
          'argmax',
          own.slice(0, 1),
          this.value(
            this.pick('float', 'int', 'bool'),
            inner.filter((a) => a !== own[1]),
            depth - 1,
          ).expression,
        ),
      );
    }
    const order = this.pick<FoldOrder>('sequence', 'lanes');
    const by = type === 'bool' ? this.pick('max', 'min') : this.pick('sum', 'max', 'min');
    return new Scalar(fold(by, own, this.value(type, inner, depth - 1).expression, order));
  }

  private store(to: string, axes: readonly Axis[]): Store {
    const type = this.pick('float', 'float', 'int', 'bool');
    const dtype = ({ float: 'float32', int: 'int32', bool: 'bool' } as const)[type];
    const value = this.value(type, axes, 3);
    if (this.chance(0.7)) return storeAt(buffer(to, [], dtype), axes, value);
    if (this.chance(0.5)) {
      const shape = axes.map((a) => a.size + this.upTo(3));
      return storeInto(buffer(to, shape.reverse(), dtype), axes.map((a) => a.index).reverse(), value);
    }
    const places = [this.value('int', axes, 1), ...axes.slice(-1)];
    const shape = [1 + this.upTo(6), ...axes.slice(-1).map((a) => a.size)];
    return storeInto(buffer(to, shape, dtype), places, value, 'add');
  }

  kernel(): Kernel {
    const axes = Array.from({ length: this.upTo(4) }, (_, i) => axis(`i${i}`, this.size()));
    if (this.chance(0.2)) {
      const out = buffer(
        'out',
        axes.map((a) => a.size),
      );
      this.own = { buffer: out, axes };
      return kernel(axes, storeAt(out, axes, this.value('float', axes, 3)));
    }
    const stores = Array.from({ length: this.pick(1, 1, 2) }, (_, i) => this.store(`out${i}`, axes));
    return kernel(axes, ...stores);
  }
}

/** Points times the elements of all folds, roughly what the walker needs. */
export function work(made: Kernel): number {
  const sizes = [...printKernel(made).matchAll(/over ([^o]*) of/g)].map(([, axes]) =>
    [...axes!.matchAll(/< (\d+)/g)].reduce((n, [, size]) => n * Number(size), 1),
  );
  return made.axes.reduce((n, a) => n * a.size, 1) * sizes.reduce((n, size) => n * (1 + size), 1);
}
