/** Steps of random graphs that make whole numbers and truth values, and that compute with them. */
import { broadcastShapes } from '../../src/core/shape.js';
import * as ops from '../../src/ops/index.js';
import { argsort, sort } from '../../src/tensor/sort.js';
import { Tensor } from '../../src/tensor/tensor.js';
import { size } from './graph-contractions.js';
import { type Draw, isSmall } from './graph-draw.js';
import { bounded, exact, neighbours, one, positive, two, wide } from './graph-forms.js';

/** Floats become truth values and whole numbers: where a float is near the edge, its rounding errors decide. */
export const jumps = exact(
  one((x, draw) => {
    draw.jump(x.sub(x.round()));
    return draw.among(
      () => x.floor(),
      () => x.cast('int32'),
      () => x.cast('uint8'),
    )();
  }),
  one((x, draw) => {
    draw.jump(x.sub(x.floor()).sub(0.5));
    return x.round();
  }),
  one((x, draw) => {
    draw.jump(x);
    return draw.among(
      () => x.sign(),
      () => x.greater(0),
      () => x.cast('bool'),
    )();
  }),
  two((a, b, draw) => {
    draw.jump(a.sub(b));
    return draw.among(
      () => a.less(b),
      () => a.lessEqual(b),
      () => a.equal(b),
      () => a.notEqual(b),
    )();
  }),
  two((a, b, draw) => {
    const quotient = bounded(a).div(positive(b));
    draw.jump(quotient.sub(quotient.round()));
    return bounded(a).floorDivide(positive(b));
  }),
  wide((x, axis, draw) => {
    draw.jump(x.sub(x.max(axis, { keepDims: true })));
    return x.argmax(axis);
  }),
  wide((x, axis, draw) => {
    draw.jump(neighbours(sort(x, { axis }), axis));
    return argsort(x, { axis });
  }),
);

/** Whole numbers and truth values, which are exact on every backend. */
export const wholes = exact(
  (draw) =>
    fitting(draw, (a, b) =>
      draw.among(
        () => a.add(b),
        () => a.sub(b),
        () => a.mul(b),
      )(),
    ),
  (draw) =>
    fitting(draw, (a, b) =>
      draw.among(
        () => a.floorDivide(b),
        () => a.mod(b),
      )(),
    ),
  (draw) =>
    fitting(draw, (a, b) =>
      draw.among(
        () => a.maximum(b),
        () => a.less(b),
        () => a.equal(b),
      )(),
    ),
  (draw) => draw.whole().mod(100).cast('float32'),
  (draw) => draw.whole().cast('uint8'),
  (draw) => draw.whole().mod(2).cast('bool'),
  (draw) => draw.truth().cast('float32'),
  (draw) => draw.truth().logicalNot(),
  (draw) => draw.truth().logicalAnd(draw.truth().any()),
  (draw) => draw.truth().sum(),
  (draw) => folded(draw, draw.whole()),
  (draw) => folded(draw, draw.truth()),
  (draw) => ops.random(key(draw), draw.whole().sum(), { shape: [1 + draw.below(40)], kind: 'uniform' }),
  (draw) => ops.random(key(draw), draw.whole().max(), { shape: [size(draw), 3], kind: 'bits' }),
);

const key = (draw: Draw): Tensor =>
  new Tensor([2], 'int32', { kind: 'data', values: Int32Array.of(draw.below(1e6), 7) });

function fitting(draw: Draw, f: (a: Tensor, b: Tensor) => Tensor): Tensor {
  const [a, b] = [draw.whole(), draw.whole()];
  const shape = broadcastShapes(a.shape, b.shape);
  return f(a, shape && isSmall(shape) ? b : draw.as(a.shape, b));
}

function folded(draw: Draw, x: Tensor): Tensor | undefined {
  if (x.rank === 0) return undefined;
  const axis = draw.axis(x);
  return draw.among(
    () => x.sum(axis),
    () => x.max(axis, { keepDims: true }),
    () => x.min(axis),
    () => x.argmax(axis),
    () => x.cumsum(axis),
    () => sort(x, { axis }),
  )();
}
