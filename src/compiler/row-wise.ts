/**
 * Row-wise: what a program does for one row of its batch, where a row of the outputs follows from the same row of the input
 * alone. Programs for batches of two sizes that do the same for a row give that row the same bits.
 */
import type { TypedArray } from '../core/dtype.js';
import type { Pieces } from '../core/pieces.js';
import { sizeOf } from '../core/shape.js';
import type { Axis } from '../loops/axis.js';
import {
  type Buffer,
  type Coordinate,
  elementsOf,
  foldsOf,
  isComputed,
  isKnown,
  isLoad,
  load,
} from '../loops/expression.js';
import { formulasOf, type Kernel, linearOf, readsOf, rewriteKernel, writesOf } from '../loops/kernel.js';
import type { External } from '../loops/program.js';
import type { Draft } from './draft.js';
import type { Graph } from './graph.js';
import { draftOf } from './pipeline.js';
import { Spelling } from './schedule/structure.js';

/** What is done for a row. */
export interface RowForm {
  /** The kernels, without the axis of the batch. */
  readonly text: string;
  /** What stands behind the names of arrays in the text: variables and constants. */
  readonly given: readonly unknown[];
}

/** A draft, and its form where it is row-wise. */
export interface RowDraft extends Draft {
  readonly form: RowForm | undefined;
}

/**
 * What the passes make of a graph for a batch of so many rows. The form is that before fusing, which may go another way for
 * another size and never changes a digit. Of what follows only `crop` does, where it shortens a sum; then there is no form.
 */
export function* rowDraftOf(graph: Graph, rows: number): Pieces<RowDraft> {
  const stages = new Map<string, Draft>();
  const draft = yield* draftOf(graph, (pass, stage) => stages.set(pass, stage as Draft));
  const [fused, cropped] = ['fuse', 'crop'].map((pass) => sumAxesOf(stages.get(pass)!));
  const isWhole = [...cropped!].every((axis) => fused!.has(axis));
  return { ...draft, form: isWhole ? rowFormOf(stages.get('dead code')!, rows) : undefined };
}

const sumAxesOf = ({ kernels }: Draft): ReadonlySet<Axis> =>
  new Set(
    kernels
      .flatMap(formulasOf)
      .flatMap(foldsOf)
      .flatMap(({ axes }) => axes),
  );

/** Nothing where a row of the outputs may depend on other rows, on how many there are or on its place among them. */
function rowFormOf({ kernels, externals, results }: Draft, rows: number): RowForm | undefined {
  const arrays = new RowArrays(rows, externals);
  for (const kernel of kernels) arrays.learn(kernel);
  const own = kernels.map((kernel) => (arrays.has(kernel) ? arrays.rowOf(kernel) : kernel));
  const named = new Map(externals.map((external) => [external.buffer.name, external]));
  const isFine = results.every(
    ({ target, value }) => named.get(target.name)?.role === 'output' && arrays.isRows(value),
  );
  if (!isFine || !own.every((kernel) => kernel !== undefined)) return undefined;
  const spelling = new Spelling();
  const words = own.map((kernel) => spelling.kernel(kernel));
  for (const { target, value } of results) words.push(`${target.name} is ${spelling.numberOf(value.name)}`);
  const given = spelling.names.map((name) => {
    const { role, key, values } = named.get(name) ?? {};
    return key ?? values ?? role;
  });
  return { text: words.join('\n'), given };
}

export const isSameForm = (a: RowForm, b: RowForm): boolean =>
  a.text === b.text && a.given.every((x, i) => isSame(x, b.given[i]));

/** Constants are made anew each time that a function is traced. */
const isSame = (a: unknown, b: unknown): boolean =>
  a === b || (ArrayBuffer.isView(a) && ArrayBuffer.isView(b) && hasSame(a as TypedArray, b as TypedArray));
const hasSame = (a: TypedArray, b: TypedArray): boolean =>
  a.length === b.length && a.every((x, i) => Object.is(x, b[i]));

type Place = { readonly buffer: Buffer; readonly at: readonly Coordinate[] };

/** The arrays of a program that have rows of the batch. */
class RowArrays {
  /** Distance in elements between two rows, by name. */
  readonly #strides: Map<string, number>;

  constructor(
    readonly rows: number,
    externals: readonly External[],
  ) {
    const inputs = externals.filter(({ role }) => role === 'input').map(({ buffer }) => buffer);
    this.#strides = new Map(inputs.map((buffer) => [buffer.name, elementsOf(buffer) / rows]));
  }

  /** Whether a kernel reads or writes one. */
  has(kernel: Kernel): boolean {
    return [...readsOf(kernel), ...writesOf(kernel)].some((name) => this.#strides.has(name));
  }

  /** Whether an array has rows of the batch and nothing else. */
  isRows(buffer: Buffer): boolean {
    return this.#axisOf(buffer) === 0;
  }

  /** Notes the arrays that a kernel makes of such arrays. */
  learn(kernel: Kernel): void {
    const axis = this.has(kernel) && kernel.axes.find((each) => this.#without(kernel, each));
    if (!axis) return;
    for (const { buffer, at } of kernel.stores) {
      const d = this.#ownDimension(buffer, at, axis);
      if (!this.#strides.has(buffer.name)) this.#strides.set(buffer.name, sizeOf(buffer.shape.slice(d + 1)));
    }
  }

  /** The kernel without the axis that goes over rows, if it does the same for each of them. */
  rowOf(kernel: Kernel): Kernel | undefined {
    for (const axis of kernel.axes) {
      const row = this.#without(kernel, axis);
      if (row) return row;
    }
    return undefined;
  }

  #without(kernel: Kernel, axis: Axis): Kernel | undefined {
    if (axis.size !== this.rows || kernel.body) return undefined;
    const places: (Place | undefined)[] = [];
    const rowIn = (place: Place): Place => {
      places.push(this.#rowIn(place, axis));
      return places.at(-1) ?? place;
    };
    const changed = rewriteKernel(kernel, (e) => {
      if (!isLoad(e) || !this.#strides.has(e.buffer.name)) return e;
      const { buffer, at } = rowIn(e);
      return load(buffer, at, e.fill);
    });
    const row = {
      ...changed,
      axes: kernel.axes.filter((other) => other !== axis),
      stores: changed.stores.map((store) => ({ ...store, ...rowIn(store) })),
    };
    return places.every((place) => place) && isWithout(row, axis) ? row : undefined;
  }

  /** A place in a row, if it is in the very row that the axis stands at. */
  #rowIn({ buffer, at }: Place, axis: Axis): Place | undefined {
    const { shape, name } = buffer;
    const stride = this.#strides.get(name);
    const d = stride ? this.#axisOf(buffer) : this.#ownDimension(buffer, at, axis);
    if (d >= 0)
      return isAt(at[d]!, axis)
        ? { buffer: { ...buffer, shape: shape.toSpliced(d, 1) }, at: at.toSpliced(d, 1) }
        : undefined;
    // Seen as another shape, as in a reshape.
    const place = linearOf(at, buffer);
    const isInside = at.every((c, i) => isKnown(c) && c.isWithin(shape[i]!));
    if (!stride || !place || !isInside || elementsOf(buffer) !== stride * this.rows) return undefined;
    const rest = place.minus(axis.index.times(stride));
    return rest.isWithin(stride) ? { buffer: { ...buffer, shape: [stride] }, at: [rest] } : undefined;
  }

  /** The dimension along which an array is written row by row for the first time. */
  #ownDimension({ shape }: Buffer, at: readonly Coordinate[], axis: Axis): number {
    return at.findIndex((c, d) => isAt(c, axis) && shape[d] === this.rows);
  }

  /** The dimension of the rows; -1 where the shape has none. */
  #axisOf({ name, shape }: Buffer): number {
    const stride = this.#strides.get(name);
    return shape.findIndex((n, d) => n === this.rows && sizeOf(shape.slice(d + 1)) === stride);
  }
}

const isAt = (c: Coordinate, axis: Axis): boolean => isKnown(c) && c.equals(axis.index);

/** Whether nothing in a kernel depends on an axis. */
function isWithout(kernel: Kernel, axis: Axis): boolean {
  const formulas = formulasOf(kernel);
  return (
    formulas.every((e) => !e.free.has(axis) && foldsOf(e).every(({ axes }) => !axes.includes(axis))) &&
    kernel.stores.every(({ at }) => at.every((c) => isComputed(c) || !c.axes.has(axis)))
  );
}
