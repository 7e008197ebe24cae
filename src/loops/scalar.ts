/** Writing formulas: every method adds one node. */
import type { ScalarType } from '../core/dtype.js';
import { Axis, type Index } from './axis.js';
import { call, constant, counter, type Expression, type FoldKind, fold } from './expression.js';
import { rowOf, type ScalarName } from './scalars.js';

export type ScalarOperand = Scalar | number | boolean;

const expressionOf = (x: ScalarOperand, type: ScalarType): Expression =>
  x instanceof Scalar ? x.expression : constant(Number(x), type);

/** Of the rows that one method stands for, the one that takes the type it is called on. */
function apply(rows: readonly ScalarName[], a: Scalar, ...more: ScalarOperand[]): Scalar {
  const { type } = a;
  const args = [a.expression];
  for (let i = 0; i < more.length; i++) args.push(expressionOf(more[i]!, type));
  for (let i = 0; i < rows.length; i++)
    if (rowOf(rows[i]!).takes[0] === type) return new Scalar(call(rows[i]!, args));
  throw new TypeError(`no ${rows.join('/')} of ${type}`);
}

/** A value under construction. */
export class Scalar {
  constructor(readonly expression: Expression) {}

  get type(): ScalarType {
    return this.expression.type;
  }

  add(b: ScalarOperand): Scalar {
    return apply(['add', 'addInt'], this, b);
  }
  sub(b: ScalarOperand): Scalar {
    return apply(['subtract', 'subtractInt'], this, b);
  }
  mul(b: ScalarOperand): Scalar {
    return apply(['multiply', 'multiplyInt', 'and'], this, b);
  }
  div(b: ScalarOperand): Scalar {
    return apply(['divide'], this, b);
  }
  /** Rounded down, exact below 2²²; of integers, 0 where the divisor is 0. */
  floorDivide(b: Scalar): Scalar {
    if (this.type === 'int') return apply(['floorDivideInt'], this, b);
    // The quotient may have been rounded up to a whole number; without what is left it is near the right one.
    const left = this.remainder(b);
    const size = left.abs();
    const atEnds = size.equal(Infinity).select(real(-1), this.div(b).floor());
    return size.less(Infinity).select(this.sub(left).div(b).round(), atEnds);
  }
  /** What `floorDivide` leaves, with the sign of the divisor; of integers, 0 where the divisor is 0. */
  remainder(b: Scalar): Scalar {
    if (this.type === 'float') return apply(['remainder'], this, b);
    return b.equal(0).select(integer(0), this.sub(this.floorDivide(b).mul(b)));
  }
  power(b: ScalarOperand): Scalar {
    return apply(['power'], this, b);
  }
  /** The angle of the point with this height and that width. */
  arctan2(b: ScalarOperand): Scalar {
    return apply(['arctan2'], this, b);
  }
  /** `this * b + c`, rounded once. */
  fma(b: ScalarOperand, c: ScalarOperand): Scalar {
    return apply(['fma'], this, b, c);
  }
  maximum(b: ScalarOperand): Scalar {
    return apply(['maximum', 'maximumInt', 'or'], this, b);
  }
  minimum(b: ScalarOperand): Scalar {
    return apply(['minimum', 'minimumInt', 'and'], this, b);
  }

  less(b: ScalarOperand): Scalar {
    return apply(['less', 'lessInt'], this, b);
  }
  lessEqual(b: ScalarOperand): Scalar {
    return apply(['lessEqual', 'lessEqualInt'], this, b);
  }
  equal(b: ScalarOperand): Scalar {
    return this.type === 'bool' ? apply(['xor'], this, b).not() : apply(['equal', 'equalInt'], this, b);
  }
  and(b: ScalarOperand): Scalar {
    return apply(['and', 'andInt'], this, b);
  }
  or(b: ScalarOperand): Scalar {
    return apply(['or', 'orInt'], this, b);
  }
  xor(b: ScalarOperand): Scalar {
    return apply(['xor', 'xorInt'], this, b);
  }
  not(): Scalar {
    return apply(['not'], this);
  }
  shiftLeft(n: number): Scalar {
    return apply(['shiftLeft'], this, n);
  }
  shiftRight(n: number): Scalar {
    return apply(['shiftRight'], this, n);
  }
  shiftRightUnsigned(n: number): Scalar {
    return apply(['shiftRightUnsigned'], this, n);
  }

  abs(): Scalar {
    return this.type === 'int' ? this.maximum(this.mul(-1)) : apply(['abs'], this);
  }
  sign(): Scalar {
    return this.type === 'int' ? this.minimum(1).maximum(-1) : apply(['sign'], this);
  }
  sqrt(): Scalar {
    return apply(['sqrt'], this);
  }
  floor(): Scalar {
    return apply(['floor'], this);
  }
  round(): Scalar {
    return apply(['round'], this);
  }
  exp(): Scalar {
    return apply(['exp'], this);
  }
  expm1(): Scalar {
    return apply(['expm1'], this);
  }
  log(): Scalar {
    return apply(['log'], this);
  }
  log1p(): Scalar {
    return apply(['log1p'], this);
  }
  sin(): Scalar {
    return apply(['sin'], this);
  }
  cos(): Scalar {
    return apply(['cos'], this);
  }
  tanh(): Scalar {
    return apply(['tanh'], this);
  }
  sigmoid(): Scalar {
    return apply(['sigmoid'], this);
  }
  softplus(): Scalar {
    return apply(['softplus'], this);
  }
  erf(): Scalar {
    return apply(['erf'], this);
  }
  erfinv(): Scalar {
    return apply(['erfinv'], this);
  }

  /** This condition's choice of two values. */
  select(yes: Scalar, no: ScalarOperand): Scalar {
    const rows = { float: 'select', int: 'selectInt', bool: 'selectBool' } as const;
    return new Scalar(call(rows[yes.type], [this.expression, yes.expression, expressionOf(no, yes.type)]));
  }

  /** The 32 bits of a float as an integer. */
  bits(): Scalar {
    return apply(['bitsOf'], this);
  }
  /** The float with these 32 bits. */
  fromBits(): Scalar {
    return apply(['fromBits'], this);
  }

  toFloat(): Scalar {
    if (this.type === 'bool') return this.select(real(1), 0);
    return this.type === 'int' ? apply(['toFloat'], this) : this;
  }
  toInt(): Scalar {
    if (this.type === 'bool') return this.select(integer(1), 0);
    return this.type === 'float' ? apply(['toInt'], this) : this;
  }
  toBool(): Scalar {
    return this.type === 'bool' ? this : this.equal(0).not();
  }
  to(type: ScalarType): Scalar {
    return type === 'float' ? this.toFloat() : type === 'int' ? this.toInt() : this.toBool();
  }
}

/** The two random words of a counter under a key. */
export const randomWords = (
  counter: readonly [Scalar, Scalar],
  key: readonly [Scalar, Scalar],
): [Scalar, Scalar] => {
  const args = [...counter, ...key].map((x) => x.expression);
  return [new Scalar(call('threefryFirst', args)), new Scalar(call('threefrySecond', args))];
};

export const real = (value: number): Scalar => new Scalar(constant(value, 'float'));
export const integer = (value: number): Scalar => new Scalar(constant(value | 0, 'int'));
export const truth = (value: boolean): Scalar => new Scalar(constant(Number(value), 'bool'));
/** An index as an integer value. */
export const indexValue = (index: Index | Axis): Scalar =>
  new Scalar(counter(index instanceof Axis ? index.index : index));

const folding =
  (by: FoldKind) =>
  (axes: Axis | readonly Axis[], body: Scalar): Scalar =>
    new Scalar(fold(by, axes instanceof Axis ? [axes] : axes, body.expression));

export const sum = folding('sum');
export const max = folding('max');
export const min = folding('min');
/** Where the first largest value stands, counted over the axes; NaN counts as the largest. */
export const argmax = folding('argmax');
