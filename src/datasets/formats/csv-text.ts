/** The text of a table, part by part, and the character that separates its fields. */

import { problem } from '../../core/errors.js';
import { show } from '../../core/text.js';
import { CsvRows } from '../../data/csv-rows.js';
import type { NamedParts } from '../../data/sources.js';

/** By how often they are met. */
const delimiters = [',', ';', '\t', '|'];
/** So many rows, and so much text, are looked at to find the separator. */
const [lookedAt, headLength] = [10, 2 ** 14];
/** What arrives at once is taken in pieces of this length, so that the rows of one piece are all that is held. */
const pieceLength = 2 ** 16;

/**
 * The text in parts, its byte order mark removed; characters that two parts share are put together.
 *
 * Throws a FormatError for bytes that are no text of this encoding.
 */
export async function* textOf({ name, parts }: NamedParts, encoding: string): AsyncGenerator<string> {
  const decoder = decoderOf(encoding);
  let isFirst = true;
  const clean = (text: string) => {
    const cleaned = isFirst ? text.replace(/^\uFEFF/, '') : text;
    isFirst &&= text === '';
    if (cleaned.includes('\0')) throw notText(name, encoding, 'a character with the code 0');
    return cleaned;
  };
  const decoded = (bytes?: Uint8Array) => {
    try {
      return decoder.decode(bytes, { stream: bytes !== undefined });
    } catch {
      throw notText(name, encoding, 'bytes that are none');
    }
  };
  for await (const part of parts) {
    if (typeof part !== 'string' && !(part instanceof Uint8Array)) throw notAPart(part);
    for (let at = 0; at < part.length; at += pieceLength) {
      const piece = part.slice(at, at + pieceLength);
      yield clean(typeof piece === 'string' ? piece : decoded(piece));
    }
  }
  yield clean(decoded());
}

/** The same parts, of which the first is long enough to find the separator in it, or is the whole text. */
export async function* withHead(parts: AsyncIterable<string>): AsyncGenerator<string> {
  let head: string | undefined = '';
  for await (const part of parts) {
    if (head === undefined) {
      yield part;
      continue;
    }
    head += part;
    if (head.length < headLength) continue;
    yield head;
    head = undefined;
  }
  if (head !== undefined) yield head;
}

/**
 * The separator of which every one of the first rows has as many, at least one: the most frequent one if there are
 * several. If there is none, the most frequent one of the first row; a comma if that has none.
 */
export function delimiterOf(head: string): string {
  const counts = delimiters.map((delimiter) => fieldCounts(head, delimiter));
  const best = (numbers: readonly number[]) => numbers.indexOf(Math.max(...numbers));
  const agreed = counts.map((all) => (all.every((count) => count === all[0]) ? (all[0] ?? 0) : 0));
  if (Math.max(...agreed) > 1) return delimiters[best(agreed)]!;
  return delimiters[best(counts.map(([first = 0]) => first))]!;
}

function fieldCounts(head: string, delimiter: string): number[] {
  const parser = new CsvRows(delimiter, '');
  try {
    const whole = parser.push(head);
    const rows = whole.length > 0 ? whole : parser.finish();
    return rows.slice(0, lookedAt).map(({ fields }) => fields.length);
  } catch {
    return []; // with another separator its quotes may be in their places
  }
}

function decoderOf(encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch {
    throw problem('argument-value', {
      subject: 'readCsv, option `encoding`,',
      expected: "the name of an encoding, such as 'utf-8', 'windows-1252' or 'utf-16le'",
      received: show(encoding),
    });
  }
}

const notText = (name: string, encoding: string, received: string) =>
  problem('file-format', {
    subject: name,
    expected: `text in ${encoding}`,
    received,
    fix: "Save the table as CSV in UTF-8, or name its encoding: `encoding: 'windows-1252'`. Unpack what is packed.",
  });

const notAPart = (part: unknown) =>
  problem('argument-value', {
    subject: 'readCsv',
    expected: 'a stream whose parts are text or Uint8Array',
    received: `a part that is ${show(part)}`,
  });
