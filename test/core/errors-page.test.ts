/** `UPDATE_DOCS=1 npx vitest run test/core/errors-page.test.ts` writes the texts of today into the page. */
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type ErrorCode, errorCodes, type MyelinError } from '../../src/core/errors.js';
import { provoked } from './provoked.js';

const page = 'docs/errors.md';
const update = 'UPDATE_DOCS=1 npx vitest run test/core/errors-page.test.ts';
/** A heading with a code, the text of the error, and a sentence about it. */
const section = /^(## `([a-z-]+)`\n\n```\n)(.*?)(?=\n```\n\n\S)/gms;
const codes: readonly ErrorCode[] = Object.values(errorCodes).flat();

async function textOf(provoke: () => unknown): Promise<string> {
  try {
    await provoke();
  } catch (error) {
    return `${(error as MyelinError).name}: ${(error as MyelinError).message}`;
  }
  return 'no error';
}

const texts = new Map<ErrorCode, string>();
for (const code of codes) texts.set(code, await textOf(provoked[code]));

if (process.env.UPDATE_DOCS) {
  const fresh = (before: string, head: string, code: string) =>
    texts.has(code as ErrorCode) ? [head, texts.get(code as ErrorCode)].join('') : before;
  writeFileSync(page, readFileSync(page, 'utf8').replace(section, fresh));
}

const shown = new Map(
  [...readFileSync(page, 'utf8').matchAll(section)].map(([, , code, text]) => [code!, text!]),
);

describe('docs/errors.md', () => {
  it('has a section for each code, in the order of the table', () => {
    expect([...shown.keys()]).toEqual(codes);
  });

  it.each([...texts])('shows %s as the library prints it', (code, text) => {
    expect(text).toMatch(new RegExp(`\n  code   ${code}$`));
    expect(shown.get(code), `stale: ${update}`).toBe(text);
  });
});
