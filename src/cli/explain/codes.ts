/** What an error means: its section of docs/errors.md, which comes with the package. */

import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { bug, type ErrorCode, errorCodes } from '../../core/errors.js';
import { readFile } from '../../data/files.js';

/** Every code, in the order of the page. */
export const knownCodes: readonly ErrorCode[] = Object.values(errorCodes).flat();

/** The example of a code and what to do about it, as text. */
export async function explainCode(code: ErrorCode): Promise<string> {
  const root = dirname(createRequire(import.meta.url).resolve('myelin/package.json'));
  const page = await readFile('myelin explain', join(root, 'docs', 'errors.md'));
  return sectionOf(new TextDecoder().decode(page), code);
}

/** The section of a code in the page, without its marks. */
export function sectionOf(page: string, code: ErrorCode): string {
  const after = page.split(`\n## \`${code}\`\n`)[1];
  if (after === undefined) throw bug(`a section about '${code}' in docs/errors.md`, 'none');
  const [section] = after.split('\n## ');
  const kind = Object.entries(errorCodes).find(([, codes]) =>
    (codes as readonly string[]).includes(code),
  )![0];
  const text = section!
    .trim()
    .replace(/^```\n([\s\S]*?)\n```$/gm, (_, example: string) => example.replace(/^/gm, '  '));
  return `${code}, a ${kind}. For example:\n\n${text}`;
}
