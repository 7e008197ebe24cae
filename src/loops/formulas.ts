/**
 * The composite rows as formulas out of plain rows, so that `exp` has the same bits on every backend. Errors
 * are the largest found against float64 in a sweep of the whole range, in ulps of the float32 result; they
 * are asserted in `formulas.test.ts` for fused and for separate multiply-add.
 */
import { storedAs } from '../core/dtype.js';
import { call, type Expression, load, partsOf, walk } from './expression.js';
import { arctan2 } from './formulas/arctangent.js';
import { remainder } from './formulas/division.js';
import { erf, erfinv } from './formulas/error.js';
import { exp, expm1, sigmoid, softplus, tanh } from './formulas/exponential.js';
import { floorDivideInt, sign } from './formulas/integer.js';
import { log, log1p } from './formulas/logarithm.js';
import { power } from './formulas/power.js';
import { cos, sin } from './formulas/trigonometric.js';
import { threefry } from './random-bits.js';
import { rewrite } from './rewrite.js';
import { Scalar } from './scalar.js';
import { rowOf, type ScalarName } from './scalars.js';

type Formula = (...args: Scalar[]) => Scalar;

const formulas: Partial<Record<ScalarName, Formula>> = {
  exp,
  expm1,
  log,
  log1p,
  sin,
  cos,
  tanh,
  sigmoid,
  softplus,
  erf,
  erfinv,
  sign,
  power,
  arctan2,
  remainder,
  floorDivideInt,
  threefryFirst: (c0, c1, k0, k1) => threefry([c0!, c1!], [k0!, k1!])[0],
  threefrySecond: (c0, c1, k0, k1) => threefry([c0!, c1!], [k0!, k1!])[1],
};

/** Whether a row is spelt out of other rows. */
export const isComposite = (name: ScalarName): boolean => Object.hasOwn(formulas, name);

/**
 * The formula with every composite row spelt out. Formulas expanded with one `done` share what they have in
 * common.
 */
export const expandComposites = (e: Expression, done = new Map<Expression, Expression>()): Expression =>
  rewrite(e, expandCall, done);

/** A call of a composite row as its formula, and nothing else changed. */
export function expandCall(e: Expression): Expression {
  const formula = e.kind === 'call' && formulas[e.name];
  return formula ? formula(...partsOf(e).map((a) => new Scalar(a))).expression : e;
}

/** Whether every backend gives the same bits and the reference as well: integers, or one rounding at the end. */
export function isExact(name: ScalarName): boolean {
  const { takes, gives } = rowOf(name);
  return isComposite(name) ? [gives, ...takes].every((type) => type === 'int') : name !== 'fma';
}

const costs = new Map<ScalarName, number>();

/** How many plain rows one call takes. */
export function costOf(name: ScalarName): number {
  if (!isComposite(name)) return 1;
  const known = costs.get(name);
  if (known !== undefined) return known;
  const cost = [...walk(expandCall(exampleOf(name)))].filter((e) => e.kind === 'call').length;
  costs.set(name, cost);
  return cost;
}

/** A call whose arguments are different elements. */
const exampleOf = (name: ScalarName): Expression =>
  call(
    name,
    rowOf(name).takes.map((type, i) => load({ name: `argument ${i}`, shape: [], dtype: storedAs[type] }, [])),
  );
