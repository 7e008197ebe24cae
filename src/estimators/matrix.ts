/** Numbers as estimators compute with them: float64, row after row, looked at before work starts. */

import { bug, problem } from '../core/errors.js';
import { type Shape, showShape } from '../core/shape.js';
import { show } from '../core/text.js';
import type { Numbers } from '../models/data-adapter.js';
import { flatten, leavesOf, type NestedInput } from '../tensor/nested.js';
import { Tensor } from '../tensor/tensor.js';

/** A table of numbers. */
export interface Matrix {
  readonly values: Float64Array;
  readonly rows: number;
  readonly columns: number;
}

interface Values {
  readonly values: Float64Array;
  readonly shape: Shape;
}

/** Plain numbers stay float64, which a tensor of them would not. */
function valuesOf(subject: string, given: Numbers): Values {
  if (given instanceof Tensor) return { values: new Float64Array(given.values()), shape: given.shape };
  if (ArrayBuffer.isView(given)) {
    const { values, shape } = flatten(given, subject);
    return { values: given instanceof Float64Array ? given : new Float64Array(values), shape };
  }
  if (!Array.isArray(given)) throw notNumbers(subject, given);
  const { leaves, shape } = leavesOf<number | boolean>(given, subject, {
    isLeaf: (x) => typeof x === 'number' || typeof x === 'boolean',
    wrong: () => {
      flatten(given as NestedInput, subject); // says what is wrong, as for tensors
      throw bug('a complaint about values that are no numbers', 'none');
    },
  });
  return { values: Float64Array.from(leaves, Number), shape };
}

interface Allowed {
  /** Whether NaN may stand for what is missing. */
  readonly missing?: boolean;
}

/** Samples in rows. */
export function matrixOf(subject: string, given: Numbers, { missing = false }: Allowed = {}): Matrix {
  const { values, shape } = valuesOf(subject, given);
  if (values.length === 0) throw noData(subject, shape);
  if (shape.length !== 2) throw notRows(subject, shape);
  const [rows, columns] = shape as [number, number];
  const bad = firstBad(values, missing);
  if (bad >= 0) {
    const place = `in row ${Math.floor(bad / columns)}, column ${bad % columns}`;
    throw unusable(subject, values[bad]!, place);
  }
  return { values, rows, columns };
}

function firstBad(values: Float64Array, missing: boolean): number {
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    // Results are tensors of float32, in which larger numbers are infinite.
    if (!Number.isFinite(Math.fround(value)) && !(missing && Number.isNaN(value))) return i;
  }
  return -1;
}

/** One number for each sample, or a row of them. */
export function targetsOf(subject: string, given: Numbers): Matrix & { readonly isFlat: boolean } {
  const { values, shape } = valuesOf(subject, given);
  if (values.length === 0) throw noData(subject, shape);
  if (shape.length !== 1 && shape.length !== 2) throw notTargets(subject, shape);
  const bad = firstBad(values, false);
  if (bad >= 0) throw unusable(subject, values[bad]!, `at ${bad}`);
  return { values, rows: shape[0]!, columns: shape[1] ?? 1, isFlat: shape.length === 1 };
}

/** Throws unless there is one answer for each sample. */
export function checkLengths(subject: string, rows: number, answers: number): void {
  if (rows === answers) return;
  throw problem('length-mismatch', {
    subject,
    expected: 'as many answers as samples',
    received: `${rows} samples and ${answers} answers`,
    fix: 'Give x and y as many rows each: row i of y answers row i of x.',
  });
}

/** A float32 tensor of float64 values. */
export const floats = (values: ArrayLike<number>, shape: Shape): Tensor =>
  new Tensor([...shape], 'float32', { kind: 'data', values: new Float32Array(values) });

/** An int32 tensor. */
export const integers = (values: ArrayLike<number>, shape: Shape = [values.length]): Tensor =>
  new Tensor([...shape], 'int32', { kind: 'data', values: new Int32Array(values) });

const notNumbers = (subject: string, given: unknown) =>
  problem('argument-value', {
    subject,
    expected: 'a tensor, nested arrays or a typed array',
    received: show(given),
  });

export const noData = (subject: string, shape: Shape): Error =>
  problem('empty-data', {
    subject,
    expected: 'at least one sample with at least one value',
    received: `shape ${showShape(shape)}`,
  });

const notRows = (subject: string, shape: Shape) =>
  problem('shape-mismatch', {
    subject,
    expected: 'samples in rows, of shape [n, features]',
    received: showShape(shape),
    fix:
      shape.length < 2
        ? 'Give each sample its own row, `[[1], [2]]`; for a tensor write `x.expandDims(-1)`.'
        : 'Make each sample one row: `x.reshape([x.shape[0], -1])`.',
  });

const notTargets = (subject: string, shape: Shape) =>
  problem('shape-mismatch', {
    subject,
    expected: 'one number for each sample, [n], or a row of them, [n, targets]',
    received: showShape(shape),
  });

export const notFinite = (subject: string, received: string): Error =>
  problem('not-finite', {
    subject,
    expected: 'finite numbers',
    received,
    fix: 'Fill missing values first, or leave out their rows.',
  });

/** For what is no number, and for what is none in float32. */
const unusable = (subject: string, value: number, place: string): Error =>
  Number.isFinite(value)
    ? problem('not-finite', {
        subject,
        expected: 'numbers that are finite in float32 too, up to 3.4e38',
        received: `${value} ${place}`,
        fix: 'Divide all of them by a power of ten.',
      })
    : notFinite(subject, `${value} ${place}`);
