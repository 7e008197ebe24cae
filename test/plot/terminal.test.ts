import { expect, test } from 'vitest';
import { lineChart } from '../../src/plot/terminal.js';

const falling = Array.from({ length: 12 }, (_, i) => 0.4 + 0.3 * 0.7 ** i);
const rising = [0.45, 0.5, 0.55, 0.6];
const introducer = '\u001b';

test('curves differ by their strokes, with round ticks and a legend', () => {
  expect(
    `\n${lineChart({ loss: falling, val_loss: rising }, { width: 44, height: 6 })}`,
  ).toMatchInlineSnapshot(`
    "
     0.8 ┤
         │
         │───╮
     0.6 ┤   ╰──╮ ┏━━
         │    ┏━━━┛──╮
         │━━━━┛      ╰─────────╮
     0.4 ┤                     ╰────────────────
         └─────────────┬────────────────┬───────
                       5               10
          ── loss   ━━ val_loss   (epoch)"
  `);
});

test('without Unicode the chart is ASCII', () => {
  const chart = lineChart({ loss: falling, accuracy: rising }, { width: 44, height: 6, unicode: false });
  expect(`\n${chart}`).toMatchInlineSnapshot(`
    "
     0.8 +
         |
         |****
     0.6 +   **** ooo
         |    ooooo***
         |ooooo      ***********
     0.4 +                     *****************
         +-------------+----------------+-------
                       5               10
          ** loss   oo accuracy   (epoch)"
  `);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the whole range of ASCII is meant.
  expect(chart).toMatch(/^[\x00-\x7f]*$/);
});

test('no line is longer than the width, whatever it is', () => {
  for (const width of [20, 33, 57, 120]) {
    const lengths = lineChart({ loss: falling }, { width, xLabel: '' })
      .split('\n')
      .map((line) => line.length);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(width);
  }
});

test('colours are sequences around the marks, and absent unless asked for', () => {
  expect(lineChart({ loss: falling })).not.toContain(introducer);
  expect(lineChart({ loss: falling, val_loss: rising }, { colour: true })).toContain(
    `${introducer}[33m━━${introducer}[39m`,
  );
});

test('one value and equal values are drawn in the middle', () => {
  const chart = lineChart({ loss: [0.5] }, { width: 30, height: 4 });
  expect(chart.split('\n')[2]).toMatch(/─/);
  expect(lineChart({ loss: [0, 0, 0] }, { width: 30, height: 4 }).split('\n')[2]).toMatch(/─/);
});

test('what is not finite leaves a gap', () => {
  const chart = lineChart({ loss: [1, 1, Number.NaN, 1, 1] }, { width: 30, height: 2 });
  expect(chart.split('\n').find((line) => line.includes('─'))).toMatch(/─+ +─+$/);
  expect(lineChart({ loss: [Number.NaN] })).toBe('No values to draw.');
});
