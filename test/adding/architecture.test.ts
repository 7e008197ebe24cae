/** `UPDATE_DOCS=1 npx vitest run test/adding/architecture.test.ts` writes the texts of today into the page. */
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { generatedBlocks, unchangedStages } from './story.js';

const page = 'docs/architecture.md';
/** `<!-- generated: fuse -->` and the fenced block after it. */
const block = /(<!-- generated: ([\w ]+) -->\n```\w+\n)(.*?)\n?```\n/gs;
const texts = generatedBlocks();

if (process.env.UPDATE_DOCS) {
  const fresh = (before: string, head: string, name: string) =>
    texts.has(name) ? [head, texts.get(name), '\n```\n'].join('') : before;
  writeFileSync(page, readFileSync(page, 'utf8').replace(block, fresh));
}

const shown = new Map(
  [...readFileSync(page, 'utf8').matchAll(block)].map(([, , name, text]) => [name!, text!]),
);

test('the architecture page shows each generated text, and no other', () => {
  expect([...shown.keys()].sort()).toEqual([...texts.keys()].sort());
});

test.each([...texts])('the architecture page shows the %s as it is today', (name, text) => {
  expect(shown.get(name), 'stale: UPDATE_DOCS=1 npx vitest run test/adding/architecture.test.ts').toBe(text);
});

test.each(unchangedStages())('the stage %s leaves the program of the page as it was', (_, text, other) => {
  expect(text).toBeDefined();
  expect(text).toBe(other);
});

test('the architecture page counts the kernels right', () => {
  const count = (stage: string) => texts.get(stage)!.match(/^\w+: for /gm)!.length;
  expect([count('lower'), count('fuse')]).toEqual([17, 3]);
  expect(readFileSync(page, 'utf8')).toContain('Seventeen kernels have become three.');
});
