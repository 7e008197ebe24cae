import { describe, expect, test } from 'vitest';
import type { Picture } from '../../../src/plot/description.js';
import { plotLines } from '../../../src/plot/index.js';
import { letters } from '../../../src/plot/terminal/lettering.js';
import { type TerminalOptions, terminalText } from '../../../src/plot/terminal/text.js';
import { image } from './sample-marks.js';
import { samples } from './samples.js';

const introducer = '\u001b';
const codes = new RegExp(`${introducer}\\[[\\d;]*m`, 'g');
const widthOf = (line: string) => letters(line.replace(codes, '')).reduce((sum, { width }) => sum + width, 0);
const shown = (name: string, options: TerminalOptions = {}) => terminalText(samples[name]!, options);

const names = Object.keys(samples);
const manners: readonly TerminalOptions[] = [
  {},
  { colour: true },
  { colour: true, trueColour: true },
  { unicode: false },
  { unicode: false, colour: true },
];

describe.each(names)('%s', (name) => {
  test.each([8, 9, 10, 17, 40, 80, 120, 200])('never exceeds a width of %i', (width) => {
    for (const options of manners) {
      const lines = shown(name, { width, ...options }).split('\n');
      expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(width);
      expect(Math.max(...lines.map(widthOf))).toBeGreaterThan(0);
    }
  });

  test('has no blanks at the ends of lines', () => {
    for (const options of manners.filter(({ colour }) => !colour)) {
      for (const line of shown(name, options).split('\n')) expect(line).toBe(line.trimEnd());
    }
  });

  test('has no codes without colour, and the same characters with it ended on each line', () => {
    expect(shown(name)).not.toContain(introducer);
    for (const line of shown(name, { colour: true }).split('\n')) {
      const found = line.match(codes) ?? [];
      const last = (layer: 3 | 4) => found.findLast((code) => code.startsWith(`${introducer}[${layer}`));
      expect(last(3) ?? `${introducer}[39m`).toBe(`${introducer}[39m`);
      expect(last(4) ?? `${introducer}[49m`).toBe(`${introducer}[49m`);
    }
  });

  test('is plain ASCII without Unicode', () => {
    expect(shown(name, { unicode: false })).toMatch(/^[\n -~]*$/);
  });

  test('is the same each time', () => {
    expect(shown(name, { colour: true })).toBe(shown(name, { colour: true }));
  });
});

test('a row of images ends where the width does', () => {
  const picture: Picture = {
    panels: [{ kind: 'images', columns: 10, images: Array.from({ length: 10 }, () => image(28)) }],
  };
  const rows = (width: number) => terminalText(picture, { width }).split('\n').length;
  expect(rows(149)).toBe(7);
  expect(rows(80)).toBe(2 * 7 + 1);
});

test('panels stand side by side where they fit, and under each other where they do not', () => {
  const lines = (width: number) => shown('four panels', { width, height: 5 }).split('\n');
  expect(lines(80).some((line) => line.includes('accuracy') && line.includes('loss'))).toBe(true);
  expect(lines(60).some((line) => line.includes('accuracy') && line.includes('loss'))).toBe(false);
});

test('the height is that between the axes', () => {
  const rows = (height: number) => shown('line', { height }).match(/[│┤]/g)!.length;
  expect([rows(3), rows(9)]).toEqual([3, 9]);
});

test('empty pictures say so', () => {
  expect(shown('empty')).toBe('No values to draw.');
  expect(terminalText({ panels: [] }, {})).toBe('No values to draw.');
  expect(terminalText({ panels: [{ kind: 'images', images: [] }] }, {})).toBe('No values to draw.');
  const diagram = { kind: 'diagram', width: 1, height: 1, nodes: [], edges: [] } as const;
  expect(terminalText({ title: 'Model', panels: [diagram] }, {})).toBe('Model\nNo values to draw.');
});

test('many lines are told apart by colour, else by letters', () => {
  expect(shown('six lines', { colour: true })).toMatch(/[⠁-⣿]/);
  expect(shown('six lines')).not.toMatch(/[⠁-⣿]/);
  expect(shown('six lines')).toMatch(/xx rate 1e-3/);
});

test('words cannot write codes to the terminal, and wide letters keep their columns', () => {
  const title = `a${introducer}[31mb\u0007\nc`;
  const picture: Picture = { ...samples.line!, title };
  expect(terminalText(picture, {}).split('\n')[0]).toBe('a[31mb c');
  expect(shown('four panels', { width: 40 }).split('\n')[0]).toBe('Größe × 工作');
  expect(shown('four panels', { width: 40, unicode: false }).split('\n')[0]).toBe('Gro?e x ??');
});

test('any colour is colour, unless there is to be none', () => {
  const cells = names.find((name) => shown(name, { colour: true, trueColour: true }).includes('48;2;'))!;
  expect(shown(cells, { trueColour: true })).toBe(shown(cells, { colour: true, trueColour: true }));
  expect(shown(cells, { trueColour: true, colour: false })).toBe(shown(cells));
});

test('a number beside an axis is whole or not there', () => {
  const picture = plotLines({ a: [0.123, 0.124] }).picture;
  for (let width = 8; width < 30; width++) {
    const beside = terminalText(picture, { width }).match(/^ *\S+(?= ┤)/gm) ?? [];
    expect(beside.join()).not.toContain('…');
    if (width >= 20) expect(beside.length).toBeGreaterThan(1);
  }
  const bottom = terminalText(plotLines({ a: { x: [1e9, 1e9 + 1], y: [0, 1] } }).picture, { width: 12 });
  expect(bottom).not.toMatch(/\d…/);
});

test('options that are none are errors', () => {
  expect(() => shown('line', { width: 7 })).toThrow(/width expected an integer of 8 or more/);
  expect(() => shown('line', { width: Number.NaN })).toThrow(/width expected/);
  expect(() => shown('line', { color: true } as never)).toThrow(/Did you mean 'colour'/);
  expect(() => shown('line', { colour: 1 } as never)).toThrow(/colour expected true or false/);
});
