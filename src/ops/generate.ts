/** Values made from places alone: counting and random bits. */
import { oneOf } from '../core/fields.js';
import { sizeOf } from '../core/shape.js';
import { positionOf } from '../loops/axis.js';
import { symmetric, uniform } from '../loops/random-bits.js';
import { indexValue, randomWords } from '../loops/scalar.js';
import { frontAxes, integers, manyAxes } from './fields.js';
import { op } from './op.js';

/** The place of each element among those of the axes, rows last, as int32: 0, 1, 2, …; the values of `x` do not matter. */
export const indices = /* @__PURE__ */ op('indices', {
  shape: '*s -> *s',
  types: 'a',
  attrs: () => ({
    /** The axes to count along; all of them when null. */
    axis: manyAxes(),
  }),
  dtype: () => 'int32',
  prepare: ({ axis }, [x], name) => ({ axis: frontAxes(axis, x!, name) }),
  lower: (_, { s }, { axis }) => indexValue(positionOf(axis!.map((d) => s[d]!))),
});

/**
 * Random numbers that depend only on a key, a call number and the place of the element: Threefry-2x32 with 20 rounds
 * (Salmon et al. 2011). Each block of two words serves element `e` of the first half and `e + half` of the second.
 */
export const random = /* @__PURE__ */ op('random', {
  shape: 'two, -> *t',
  types: 'ii',
  attrs: () => ({
    /** Shape of the result. */
    shape: integers(),
    /** `'bits'`: 32 random bits; `'uniform'`: in [0, 1); `'symmetric'`: in (-1, 1), never 0. */
    kind: oneOf(['bits', 'uniform', 'symmetric'], 'uniform'),
  }),
  dtype: (_, { kind }) => (kind === 'bits' ? 'int32' : 'float32'),
  domain: { below: 1000 },
  sizes: (_, { shape }) => ({ t: shape }),
  lower: ([key, call], { t }, { shape, kind }) => {
    const half = Math.ceil(sizeOf(shape) / 2);
    const element = indexValue(positionOf(t));
    const isFirst = element.less(half);
    const block = isFirst.select(element, element.sub(half));
    const [first, second] = randomWords([block, call.at()], [key.flat(at(0)), key.flat(at(1))]);
    const word = isFirst.select(first, second);
    return kind === 'bits' ? word : kind === 'uniform' ? uniform(word) : symmetric(word);
  },
});

const at = (place: number) => positionOf([]).plus(place);
