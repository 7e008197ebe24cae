/** What charts take: tensors, typed arrays and lists become plain numbers, or an error of ours. */

import { problem } from '../../core/errors.js';
import { showShape } from '../../core/shape.js';
import { show } from '../../core/text.js';
import { Tensor } from '../../tensor/tensor.js';

/** Numbers in a row: a tensor `[n]` or `[n, 1]`, a typed array or a list. */
export type Values = Tensor | ArrayLike<number>;
/** Rows of numbers: a tensor `[rows, columns]` or a list of rows. */
export type Rows = Tensor | readonly ArrayLike<number>[];

type NumberList = readonly number[] | Float64Array | Float32Array | Int32Array | Uint8Array;

const isList = (given: unknown): given is ArrayLike<unknown> =>
  Array.isArray(given) || (ArrayBuffer.isView(given) && !(given instanceof DataView));

/** Numbers in a row, NaN and infinities among them. Throws a ConfigError for what is none, a ShapeError for a table. */
export function numbersFrom(subject: string, given: Values): NumberList {
  if (given instanceof Tensor) {
    const { shape } = given;
    if (shape.length === 1 || (shape.length === 2 && shape[1] === 1))
      return Array.from(given.values(), Number);
    throw problem('shape-mismatch', {
      subject,
      expected: 'numbers in a row, of shape [n] or [n, 1]',
      received: showShape(shape),
    });
  }
  if (!isList(given)) throw notNumbers(subject, given, 'a tensor, a typed array or a list of numbers');
  return Array.from(given as ArrayLike<unknown>, (value, i) => {
    if (typeof value === 'number' || typeof value === 'boolean') return Number(value);
    throw notNumbers(`${subject}[${i}]`, value, 'a number');
  });
}

/** As `numbersFrom`, and throws a DataError unless there is at least one. */
export function someNumbers(subject: string, given: Values): NumberList {
  const numbers = numbersFrom(subject, given);
  if (numbers.length === 0) throw nothing(subject);
  return numbers;
}

/** Rows of equally many numbers, at least one of each. */
export function rowsFrom(subject: string, given: Rows): NumberList[] {
  const rows = given instanceof Tensor ? tensorRows(subject, given) : listRows(subject, given);
  if (rows.length === 0 || rows[0]!.length === 0) throw nothing(subject);
  const ragged = rows.findIndex(({ length }) => length !== rows[0]!.length);
  if (ragged < 0) return rows;
  throw problem('ragged-array', {
    subject,
    expected: `${rows[0]!.length} numbers in each row`,
    received: `${rows[ragged]!.length} in row ${ragged}`,
  });
}

function tensorRows(subject: string, given: Tensor): NumberList[] {
  const [rows, columns] = given.shape;
  if (given.shape.length !== 2)
    throw problem('shape-mismatch', {
      subject,
      expected: 'a table, of shape [rows, columns]',
      received: showShape(given.shape),
    });
  const values = Array.from(given.values(), Number);
  return Array.from({ length: rows! }, (_, i) => values.slice(i * columns!, (i + 1) * columns!));
}

function listRows(subject: string, given: readonly ArrayLike<number>[]): NumberList[] {
  if (!Array.isArray(given)) throw notNumbers(subject, given, 'a tensor [rows, columns] or a list of rows');
  return given.map((row, i) => numbersFrom(`${subject}[${i}]`, row));
}

/** Throws a DataError unless there is one value for each. */
export function checkCount(subject: string, expected: number, received: number, of: string): void {
  if (expected === received) return;
  throw problem('length-mismatch', {
    subject,
    expected: `${expected}, one for each ${of}`,
    received: String(received),
  });
}

export const nothing = (subject: string): Error =>
  problem('empty-data', { subject, expected: 'at least one value', received: 'none' });

export const notNumbers = (subject: string, given: unknown, expected: string): Error =>
  problem('argument-value', { subject, expected, received: show(given) });
