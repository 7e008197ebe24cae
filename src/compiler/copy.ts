/** Copies of formulas over arrays of other names and axes of their own. */
import { entryOf } from '../core/record.js';
import { Axis, type Index } from '../loops/axis.js';
import { call, counter, type Expression, fold, isComputed, type Load, load } from '../loops/expression.js';

/** What was one axis or one formula is one in the copies too. */
export class Copy {
  readonly #axes = new Map<Axis, Axis>();
  readonly #formulas = new Map<Expression, Expression>();

  constructor(readonly nameOf: (name: string) => string) {}

  axis(axis: Axis): Axis {
    return entryOf(this.#axes, axis, () => new Axis(axis.name, axis.size));
  }

  #index(index: Index): Index {
    return index.substitute(new Map([...index.axes].map((axis) => [axis, this.axis(axis).index] as const)));
  }

  place({ buffer, at }: Pick<Load, 'buffer' | 'at'>): Pick<Load, 'buffer' | 'at'> {
    return {
      buffer: { ...buffer, name: this.nameOf(buffer.name) },
      at: at.map((c) => (isComputed(c) ? this.formula(c) : this.#index(c))),
    };
  }

  formula(e: Expression): Expression {
    return entryOf(this.#formulas, e, () => this.#made(e));
  }

  #made(e: Expression): Expression {
    switch (e.kind) {
      case 'constant':
        return e;
      case 'counter':
        return counter(this.#index(e.index));
      case 'load': {
        const { buffer, at } = this.place(e);
        return load(buffer, at, e.fill);
      }
      case 'call':
        return call(
          e.name,
          e.args.map((arg) => this.formula(arg)),
        );
      case 'fold':
        return fold(
          e.by,
          e.axes.map((axis) => this.axis(axis)),
          this.formula(e.body),
          e.order,
        );
    }
  }
}
