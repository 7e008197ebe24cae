// Names for Node only, beside those of `myelin`.

import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { problem } from './core/errors.js';
import { type CsvOptions, type CsvTable, parseCsv } from './data/csv.js';

export { type CsvOptions, CsvRow, type CsvTable, parseCsv } from './data/csv.js';
export { type Fold, type Split, type SplitOptions, splitRows, stratifiedFolds } from './data/split.js';

/**
 * Reads a table from a file of comma-separated text.
 *
 * Throws a DataError when the file cannot be read, lacks a column, or has a row of another length.
 *
 * @example
 * const load = () => readCsv('passengers.csv', { columns: ['Survived', 'Age'] });
 */
export async function readCsv(file: string, options: CsvOptions = {}): Promise<CsvTable> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw problem('missing-file', {
      subject: 'readCsv',
      expected: `a file that can be read at '${file}'`,
      received: error.code === 'ENOENT' ? 'no such file' : error.message,
    });
  });
  return parseCsv(text, { name: basename(file), ...options });
}
