import { expect, test } from 'vitest';
import { serialise } from '../../../src/plot/svg/node.js';
import { label, shortened, textWidth, wrapped } from '../../../src/plot/svg/text.js';

test('the width of a text grows with its characters and their size', () => {
  expect(textWidth('', 11)).toBe(0);
  expect(textWidth('iii', 11)).toBeLessThan(textWidth('mmm', 11) / 2);
  expect(textWidth('ab', 22)).toBe(2 * textWidth('ab', 11));
  expect(textWidth('漢字', 10)).toBeGreaterThan(20);
});

test('what does not fit ends with an ellipsis, and is whole in its title', () => {
  const text = 'siblings and spouses';
  expect(shortened(text, 500, 11)).toBe(text);
  expect(textWidth(shortened(text, 60, 11), 11)).toBeLessThanOrEqual(60);
  expect(serialise(label(text, { room: 60 }))).toBe(
    '<text font-size="11"><title>siblings and spouses</title>siblings…</text>',
  );
});

test('lines are broken between words, and no word is lost', () => {
  const text = 'one two three four five six seven';
  const lines = wrapped(text, 80, 11);
  expect(lines.length).toBeGreaterThan(1);
  expect(lines.join(' ')).toBe(text);
  expect(lines.every((line) => textWidth(line, 11) <= 80)).toBe(true);
});

test('a pair of code units is never cut in half', () => {
  expect(shortened('😀😀😀😀', 30, 11)).toMatch(/^(😀)+…$/u);
});
