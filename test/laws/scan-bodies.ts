/** Random steps for scans, and what a scan is by definition: its steps one after another. */
import { stack } from '../../src/tensor/functions.js';
import { scan } from '../../src/tensor/scan.js';
import type { Tensor } from '../../src/tensor/tensor.js';
import { below, pick, type Random, randomOf } from './numbers.js';

export type Tensors = Readonly<Record<string, Tensor>>;
export interface Steps {
  readonly carry: Tensors;
  readonly each?: Tensors;
  readonly shared?: Tensors;
  readonly length?: number;
  readonly reverse?: boolean;
}
export type Body = (
  carry: Tensors,
  each: Tensors,
  shared: Tensors,
  t: Tensor,
) => readonly [Tensors, Tensors?];
type Loop = (steps: Steps, body: Body) => readonly [carry: Tensors, y: Tensors];

export const looped: Loop = (steps, body) => scan(steps, body);

const rowOf = (x: Tensor, t: number): Tensor =>
  x.slice([t, ...x.shape.slice(1).map(() => 0)], [1, ...x.shape.slice(1)]).reshape(x.shape.slice(1));

const mapped = <B>(given: Tensors, change: (x: Tensor, name: string) => B) =>
  Object.fromEntries(Object.entries(given).map(([name, x]) => [name, change(x, name)]));

/** The steps one after another, each a graph of its own. */
export const unrolled: Loop = ({ carry, each = {}, shared = {}, length, reverse = false }, body) => {
  const count = length ?? Object.values(each)[0]!.shape[0]!;
  const rows: Tensors[] = [];
  let state = carry;
  for (let i = 0; i < count; i++) {
    const t = reverse ? count - 1 - i : i;
    const place = Object.values(carry)[0]!.stopGradient().cast('int32').mul(0).sum().add(t);
    const [next, y = {}] = body(
      state,
      mapped(each, (x) => rowOf(x, t)),
      shared,
      place,
    );
    state = next;
    rows[t] = y;
  }
  return [state, mapped(rows[0]!, (_, name) => stack(rows.map((row) => row[name]!)))];
};

interface Around {
  readonly a: Tensor;
  readonly n: Tensor;
  readonly x: Tensor;
  readonly w: Tensor;
  readonly b: Tensor;
  readonly t: Tensor;
  readonly loop: Loop;
}

/** Ways from one [2, 3] to another. */
const moves: readonly ((v: Tensor, around: Around) => Tensor)[] = [
  (v, { w }) => v.matmul(w),
  (v, { w }) => v.matmul(w.transpose()).mul(0.5),
  (v) => v.tanh(),
  (v) => v.sigmoid(),
  (v) => v.softmax(),
  (v, { x }) => v.add(x),
  (v, { b }) => v.mul(b),
  (v, { b, x }) => v.add(b.sin().mul(x)),
  (v, { a }) => v.mul(a).mul(0.5),
  (v) => v.sub(v.mean(-1, { keepDims: true })),
  (v) => v.mul(0.25).exp().log1p(),
  (v, { t }) => v.add(t.cast('float32').mul(0.125)),
  (v, { n }) => n.mod(2).equal(0).where(v, v.mul(0.5)),
  (v) => v.flip(0),
  (v) =>
    v.slice([0, 1], [2, 2]).pad([
      [0, 0],
      [1, 0],
    ]),
  (v, { w }) => v.add(w.sum(0)).mul(0.5),
  (v, { w, x, loop }) =>
    loop({ carry: { s: w.slice([0, 0], [1, 3]).reshape([3]) }, each: { v, x } }, (state, each) => {
      const s = state.s!.mul(0.5).add(each.v!.mul(each.x!)).tanh();
      return [{ s }, { s: s.mul(2) }];
    })[1].s!,
  (v, { w, loop }) => loop({ carry: { p: v }, length: 2 }, ({ p }) => [{ p: p!.matmul(w).tanh() }])[0].p!,
];

const walked = (v: Tensor, random: Random, around: Around): Tensor => {
  let value = v;
  for (let left = 1 + below(random, 4); left > 0; left--) value = pick(random, moves)(value, around);
  return value;
};

/** A step drawn by lot, the same for the same seed: float and whole carries, with `w` and `b` from around it. */
export function bodyOf(seed: number, w: Tensor, b: Tensor, loop: Loop): Body {
  return ({ a, c, n }, { x, k }, _, t) => {
    const random = randomOf(seed);
    const around: Around = { a: a!, n: n!, x: x!, w, b, t, loop };
    const first = walked(a!, random, around);
    const second = walked(random() < 0.5 ? first : x!, random, around);
    const next = { a: first, c: c!.mul(0.5).add(second.sum(0)).tanh(), n: n!.add(k!).mod(5) };
    return [next, { first, second: second.mul(c!), n: n!.add(t) }];
  };
}
