/** An input as a formula sees it. */
import { convert } from '../core/dtype.js';
import { Axis, constantIndex, Index } from '../loops/axis.js';
import { type Buffer, type Coordinate, elementsOf, isConstant, load } from '../loops/expression.js';
import { Scalar } from '../loops/scalar.js';

/** Where an element stands along one dimension: a loop axis, a sum of axes, or a computed integer. */
export type Place = Axis | Index | Scalar;

export const coordinateOf = (place: Place): Coordinate => {
  if (place instanceof Axis) return place.index;
  if (place instanceof Index) return place;
  const { expression } = place;
  if (expression.kind === 'counter') return expression.index;
  return isConstant(expression) ? constantIndex(expression.value) : expression;
};

export class Source {
  constructor(readonly buffer: Buffer) {}

  /** The element at these places, the last ones counting; axes of size 1 stretch. Outside it is 0. */
  at(...places: Place[]): Scalar {
    return this.atOr(0, ...places);
  }

  /** As `at`, with another value outside, made a value of the input's type. */
  atOr(fill: number, ...places: Place[]): Scalar {
    const { shape } = this.buffer;
    const own = places.slice(places.length - shape.length);
    const at = own.map((place, d) =>
      // A whole axis is repeated by a size of 1; sums of axes may mean places outside.
      shape[d] === 1 && place instanceof Axis ? constantIndex(0) : coordinateOf(place),
    );
    return new Scalar(load(this.buffer, at, convert(fill, this.buffer.dtype)));
  }

  /** The element at a position in memory, rows last: what a reshape reads. */
  flat(position: Index): Scalar {
    return new Scalar(load({ ...this.buffer, shape: [elementsOf(this.buffer)] }, [position]));
  }
}
