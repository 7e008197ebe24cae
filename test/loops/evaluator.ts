/** Runs formulas of plain rows in float32, one rounding a row, so that tests see what a backend computes. */
import { call, type Expression, load, walk } from '../../src/loops/expression.js';
import { expandComposites, isComposite } from '../../src/loops/formulas.js';
import { rowOf, type ScalarName } from '../../src/loops/scalars.js';

export type Evaluate = (...args: number[]) => number;
type Step = (values: Float64Array) => number;

const { fround } = Math;

/** A float argument of a formula under test. */
export const argument = (name: string, dtype: 'float32' | 'int32' = 'float32'): Expression =>
  load({ name, shape: [], dtype }, []);

/**
 * A formula as a function of the named arguments. `isFused`: fma rounds once (the exact product plus c is
 * rounded to float64 and then to float32, which differs from one rounding in about one of 2²⁹ cases); else
 * after each step.
 */
export function evaluator(e: Expression, names: readonly string[], isFused: boolean): Evaluate {
  const nodes = [...walk(e)];
  const places = new Map(nodes.map((node, i) => [node, names.length + i]));
  const values = new Float64Array(names.length + nodes.length);
  const steps: [number, Step][] = [];
  for (const node of nodes) {
    const place = places.get(node)!;
    if (node.kind === 'constant') values[place] = node.type === 'float' ? fround(node.value) : node.value;
    else steps.push([place, stepOf(node, places, names, isFused)]);
  }
  const result = places.get(e)!;
  return (...args) => {
    values.set(args);
    for (const [place, step] of steps) values[place] = step(values);
    return values[result]!;
  };
}

function stepOf(
  node: Expression,
  places: Map<Expression, number>,
  names: readonly string[],
  isFused: boolean,
): Step {
  if (node.kind === 'load') {
    const place = names.indexOf(node.buffer.name);
    return (v) => v[place]!;
  }
  if (node.kind !== 'call' || isComposite(node.name)) throw new Error(`no step of ${node.kind}`);
  const js = node.name === 'fma' && !isFused ? separate : (rowOf(node.name).js as Evaluate);
  const [a, b, c] = node.args.map((x) => places.get(x)!) as [number, number, number];
  const isFloat = node.type === 'float';
  if (node.args.length === 1) return isFloat ? (v) => fround(js(v[a]!)) : (v) => js(v[a]!);
  if (node.args.length === 2) return isFloat ? (v) => fround(js(v[a]!, v[b]!)) : (v) => js(v[a]!, v[b]!);
  return isFloat ? (v) => fround(js(v[a]!, v[b]!, v[c]!)) : (v) => js(v[a]!, v[b]!, v[c]!);
}

const separate = (a: number, b: number, c: number) => fround(fround(a * b) + c);

const letters = ['a', 'b', 'c'] as const;

/** A composite row as its formula computes it. */
export function evaluatorOf(name: ScalarName, isFused: boolean): Evaluate {
  const takes = rowOf(name).takes;
  const args = takes.map((type, i) => argument(letters[i]!, type === 'int' ? 'int32' : 'float32'));
  return evaluator(expandComposites(call(name, args)), letters.slice(0, takes.length), isFused);
}

const word = new Float32Array(1);
const bits = new Int32Array(word.buffer);
/** The float32 with these bits. */
export function floatOf(pattern: number): number {
  bits[0] = pattern;
  return word[0]!;
}

/**
 * Distance of a float32 from the true value, in units of the last place of the true value; ∞ counts as 2¹²⁸.
 */
export function ulps(found: number, truth: number): number {
  if (Number.isNaN(truth) || Number.isNaN(found))
    return Number.isNaN(truth) && Number.isNaN(found) ? 0 : Infinity;
  const [a, b] = [finite(found), finite(truth)];
  return a === b ? 0 : Math.abs(a - b) / unitOf(b);
}

const finite = (x: number) => Math.min(2 ** 128, Math.max(-(2 ** 128), x));
function unitOf(truth: number): number {
  const exponent = Math.floor(Math.log2(Math.abs(truth)));
  return 2 ** (Math.min(127, Math.max(-126, exponent)) - 23);
}
