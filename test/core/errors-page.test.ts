import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type ErrorCode, errorCodes, problem } from '../../src/core/errors.js';

const page = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');
const sections = [...page.matchAll(/^## `([a-z-]+)`\n\n```\n([^`]*?(?:`[^`]+`[^`]*?)*)\n```\n\n\S/gm)];

describe('docs/errors.md', () => {
  it('has a section with a text for each code, in the order of the table', () => {
    expect(sections.map(([, code]) => code)).toEqual(Object.values(errorCodes).flat());
  });

  it.each(sections.map(([, code, text]) => [code as ErrorCode, text!]))(
    'prints %s as the library does',
    (code, text) => {
      const [, subject, expected, received] = /^\w+: (.+?) expected (.+), received (.+)\.$/m.exec(text)!;
      const line = (label: string) => new RegExp(`^  ${label} +(.+)$`, 'm').exec(text)?.[1];
      const error = problem(code, {
        subject: subject!,
        expected: expected!,
        received: received!,
        where: line('where'),
        fix: line('fix'),
      });
      expect(String(error)).toBe(text);
    },
  );
});
