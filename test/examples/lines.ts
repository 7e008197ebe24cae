import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Example } from '../../src/cli/examples.js';

/** The lines that an example prints; its picture goes to a folder of its own. */
export async function linesOf(example: Example, words: readonly string[]): Promise<string[]> {
  const lines: string[] = [];
  const out = 'out' in example.options ? ['--out', mkdtempSync(join(tmpdir(), 'myelin-lesson-'))] : [];
  await example.run([...words, ...out], {
    write: (text) => lines.push(...text.split('\n')),
    terminal: { width: 80, colour: false, unicode: true },
    signal: new AbortController().signal,
    progress: false,
  });
  return lines;
}
