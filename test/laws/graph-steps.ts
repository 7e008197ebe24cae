/** Steps of random graphs: every kind of formula, fold, view and computed read, on all element types. */
import * as ops from '../../src/ops/index.js';
import { concatenate } from '../../src/tensor/functions.js';
import { sort } from '../../src/tensor/sort.js';
import type { Tensor } from '../../src/tensor/tensor.js';
import { contractions, pools } from './graph-contractions.js';
import { type Draw, isSmall, mostElements } from './graph-draw.js';
import {
  bounded,
  exact,
  folded,
  neighbours,
  one,
  positive,
  rounded,
  type Step,
  two,
  wide,
} from './graph-forms.js';
import { jumps, wholes } from './graph-wholes.js';

const smooth = rounded(
  one(bounded),
  one((x) => bounded(x).sigmoid()),
  one((x) => bounded(x).tanh()),
  one((x) => bounded(x).cos()),
  one((x) => x.erf()),
  one((x) => x.softplus()),
  one((x) => bounded(x).expm1()),
  one((x) => bounded(x).exp()),
  one((x) => positive(x).log()),
  one((x) => positive(x).sqrt()),
  one((x) => positive(x).rsqrt()),
  one((x) => x.square().log1p()),
  one((x) => bounded(x).mul(0.4).erfinv()),
  one((x) => bounded(x).pow(3)),
  two((a, b) => a.add(b)),
  two((a, b) => a.sub(b).mul(0.5)),
  two((a, b) => bounded(a).mul(bounded(b))),
  two((a, b) => a.div(positive(b))),
  two((a, b) => positive(bounded(a)).pow(bounded(b))),
  two((a, b) => ops.arctan2(a, positive(b))),
);

/** Smooth but for places where the slope changes. */
const bent = rounded(
  one((x, draw) => {
    draw.kink(x);
    return draw.among(
      () => x.abs(),
      () => x.relu(),
      () => x.mul(0.1).maximum(x),
    )();
  }),
  one((x, draw) => {
    draw.kink(x.add(1));
    draw.kink(x.sub(1.5));
    return x.clip(-1, 1.5);
  }),
  two((a, b, draw) => {
    draw.kink(a.sub(b));
    return draw.among(a.maximum(b), a.minimum(b));
  }),
  wide((x, axis, draw) => {
    const keepDims = draw.chance(0.5);
    draw.kink(x.sub(x.max(axis, { keepDims: true })));
    return x.max(axis, { keepDims });
  }),
  wide((x, axis, draw) => {
    draw.kink(x.sub(x.min(axis, { keepDims: true })));
    return x.min(axis);
  }),
  wide((x, axis, draw) => {
    const sorted = sort(x, { axis, descending: draw.chance(0.5) });
    draw.kink(neighbours(sorted, axis));
    return sorted;
  }),
);

const sums = folded(
  wide((x, axis, draw) => x.sum(axis, { keepDims: draw.chance(0.5) })),
  wide((x, axis, draw) => x.mean(draw.chance(0.3) ? null : axis)),
);
const otherFolds = rounded(
  wide((x, axis) => bounded(x).softmax(axis)),
  wide((x, axis) => bounded(x).logSoftmax(axis)),
  wide((x, axis) => x.logsumexp(axis)),
  wide((x, axis) => bounded(x).variance(axis)),
  wide((x, axis, draw) =>
    x.cumsum(axis, { reverse: draw.chance(0.5), exclusive: draw.chance(0.5) }).mul(0.5),
  ),
  wide((x, axis, draw) => {
    const [all, width] = [draw.whole().flatten().mod(5), x.shape[axis]!];
    const index = all.slice([0], [Math.min(all.size, Math.floor(mostElements / width))]);
    return ops.scatterAdd(draw.as([index.size, width], x), index, { rows: 4 + draw.below(3) });
  }),
);
const folds = [...sums, ...otherFolds];

/** Elements that move about, of all types. */
const views = exact(
  wide((x) => x.transpose(), 'any'),
  wide((x, axis) => x.flip(axis), 'any'),
  wide((x) => x.flatten(), 'any'),
  wide((x, axis) => x.expandDims(axis), 'any'),
  wide(
    (x, axis, draw) => (isSmall([...x.shape, 3]) ? x.repeat(2 + draw.below(2), axis) : x.flatten()),
    'any',
  ),
  wide((x, axis, draw) => {
    const padding = x.shape.map((_, d) => (d === axis ? ([draw.below(3), 1] as const) : ([0, 0] as const)));
    return x.pad(padding, 1);
  }, 'any'),
  wide((x, axis, draw) => sliced(x, axis, draw), 'any'),
  wide((x, axis, draw) => concatenate([x, draw.as(x.shape, x.flip(axis))], axis), 'any'),
  wide((x, axis, draw) => {
    const rows = draw.whole().flatten().mod(x.shape[axis]!);
    return x.gather(rows.slice([0], [Math.min(rows.size, 9)]), axis);
  }, 'any'),
  wide((x, axis, draw) => {
    const index = draw.as(x.shape, draw.whole()).mod(x.shape[axis]!);
    return x.takeAlongAxis(index, axis);
  }, 'any'),
  (draw) => {
    const a = draw.any();
    const [b, mask] = [draw.as(a.shape, draw.any()), draw.as(a.shape, draw.truth())];
    return a.dtype === b.dtype ? mask.where(a, b) : mask.where(a, 0);
  },
);

/** Variables take new values, which later steps see. */
const assignments = rounded((draw) => {
  if (draw.variables.length === 0) return undefined;
  const variable = draw.among(...draw.variables);
  const value = variable.dtype === 'float32' ? bounded(draw.float()) : draw.whole().mod(9);
  variable.assign(draw.as(variable.shape, value));
  return variable.mul(2);
});

export const allSteps: readonly Step[] = [
  smooth,
  bent,
  folds,
  folds,
  contractions,
  contractions,
  pools,
  views,
  jumps,
  wholes,
  assignments,
].flat();

function sliced(x: Tensor, axis: number, draw: Draw): Tensor {
  const count = 1 + draw.below(x.shape[axis]!);
  const step = draw.among(1, 1, Math.max(1, Math.floor((x.shape[axis]! - 1) / Math.max(1, count - 1))));
  const start = draw.below(x.shape[axis]! - (count - 1) * step);
  const at = (there: number, elsewhere: (n: number) => number) =>
    x.shape.map((n, d) => (d === axis ? there : elsewhere(n)));
  return x.slice(
    at(start, () => 0),
    at(count, (n) => n),
    at(step, () => 1),
  );
}
