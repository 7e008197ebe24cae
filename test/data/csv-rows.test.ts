import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CsvRows } from '../../src/data/csv-rows.js';

/** The rows of a text that arrives in these parts. */
function rowsOf(parts: readonly string[], separator = ',') {
  const parser = new CsvRows(separator, 'CSV');
  return [...parts.flatMap((part) => parser.push(part)), ...parser.finish()];
}

const text = 'name,note\r\n"Å, 😀","two\r\nlines"\n\n"say ""hi""",5" screw\rlast,""\n';
const rows = [
  { line: 1, fields: ['name', 'note'] },
  { line: 2, fields: ['Å, 😀', 'two\r\nlines'] },
  { line: 5, fields: ['say "hi"', '5" screw'] },
  { line: 6, fields: ['last', ''] },
];

test('a text cut anywhere gives the same rows as the whole', () => {
  for (let at = 0; at <= text.length; at++)
    expect(rowsOf([text.slice(0, at), text.slice(at)]), `cut at ${at}`).toEqual(rows);
  expect(rowsOf([...text])).toEqual(rows);
});

test('a row is given as soon as its end is certain', () => {
  const parser = new CsvRows(',', 'CSV');
  expect(parser.push('a,b\n1,')).toEqual([{ line: 1, fields: ['a', 'b'] }]);
  expect(parser.push('"x\n')).toEqual([]);
  expect(parser.push('y"\r')).toEqual([]); // the other half of the line end may come
  expect(parser.push('\n2,3')).toEqual([{ line: 2, fields: ['1', 'x\ny'] }]);
  expect(parser.finish()).toEqual([{ line: 4, fields: ['2', '3'] }]);
});

test('what is written with quotes is read back, wherever it is cut', () => {
  const field = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', 'é', ' ', ';') });
  const table = fc.array(fc.array(field, { minLength: 2, maxLength: 3 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(table, fc.constantFrom('\n', '\r\n', '\r'), fc.nat(), (fields, end, seed) => {
      const quoted = fields.map((row) => row.map((x) => `"${x.replaceAll('"', '""')}"`).join(',')).join(end);
      const at = seed % (quoted.length + 1);
      const read = rowsOf([quoted.slice(0, at), quoted.slice(at)]);
      expect(read.map((row) => row.fields)).toEqual(fields);
    }),
  );
});

test('text after a closing quote is an error with its line', () => {
  expect(() => rowsOf(['a,b\n"x\ny"z,1\n'])).toThrow(
    "CSV line 3 expected a separator or the end of the line after the quote that ends a field, received the character 'z'.",
  );
});

test('a quote that is never closed does not collect the whole stream', () => {
  const parser = new CsvRows(',', 'CSV');
  parser.push('a,b\n1,"');
  const part = 'x'.repeat(2 ** 22);
  expect(() => {
    for (let i = 0; i < 5; i++) parser.push(part);
  }).toThrow(/^CSV line 2 expected every quoted field to end with a quote, received a row of more than/);
});
