import { expect, test } from 'vitest';
import type { ChartPanel, Mark, Panel, Picture } from '../../../src/plot/description.js';
import { Plot } from '../../../src/plot/plot.js';
import { svgOf } from '../../../src/plot/svg/svg.js';
import { elementsOf } from './well-formed.js';

const chart = (...marks: readonly Mark[]): ChartPanel => ({
  kind: 'chart',
  x: { label: 'epoch' },
  y: { label: 'loss' },
  marks,
});
const line: Mark = { kind: 'line', name: 'train', series: 0, x: [0, 1, 2, 3], y: [4, 3, 2, 1] };
const image = { width: 2, height: 1, pixels: Uint8Array.of(255, 0, 0, 0, 0, 255) };
const box = { x: 50, y: 20, width: 60, height: 30, shape: 'box' } as const;
const panels: readonly Panel[] = [
  chart(
    line,
    { kind: 'points', name: 'p', series: 1, x: [1], y: [2], emphasis: true },
    { kind: 'rectangles', series: 2, x0: [0], x1: [1], y0: [0], y1: [2], labels: ['2'] },
    { kind: 'rule', name: 'limit', y: 2 },
    { kind: 'rule', x: 2 },
    { kind: 'note', x: 2, y: 3, text: 'here' },
  ),
  chart({
    kind: 'cells',
    values: [[0, 1]],
    x: [0, 2],
    y: [0, 1],
    palette: 'sequential',
    labels: [['a', 'b']],
    name: 'v',
  }),
  { kind: 'images', images: [{ ...image, caption: 'boot', verdict: 'wrong' }, image] },
  {
    kind: 'diagram',
    width: 100,
    height: 100,
    nodes: [
      { ...box, text: ['Dense', '[n, 4]'] },
      { ...box, y: 80, shape: 'circle', value: -1 },
    ],
    edges: [
      { from: 0, to: 1, label: 'x' },
      { from: 0, to: 1, weight: 0.5 },
    ],
    notes: [{ kind: 'note', x: 50, y: 5, text: 'layer' }],
  },
];
const everything: Picture = { title: 'All', panels, notes: ['A note.'] };

test('every kind of panel and mark becomes well-formed XML', () => {
  for (const width of [160, 300, 720, 2000]) {
    const svg = svgOf(everything, { width });
    expect(new Set(elementsOf(svg))).toEqual(
      new Set(['svg', 'style', 'title', 'desc', 'rect', 'g', 'path', 'text', 'image', 'ellipse']),
    );
    expect(svg).toMatch(new RegExp(`^<svg [^>]*width="${width}"`));
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  }
});

test('the same picture gives the same text', () => {
  expect(svgOf(everything, {})).toBe(svgOf({ ...everything }, {}));
});

test('every rule of the style begins with a class made from what the picture shows', () => {
  const rootOf = (picture: Picture) => /class="(plot-\w+)"/.exec(svgOf(picture, {}))![1]!;
  const root = rootOf(everything);
  expect(rootOf({ ...everything, title: 'Others' })).not.toBe(root);
  const css = /<style>(.*)<\/style>/
    .exec(svgOf(everything, {}))![1]!
    .replaceAll('@media(prefers-color-scheme:dark){', '');
  const selectors = css.split('}').flatMap((rule) => (rule ? [rule.split('{')[0]!] : []));
  expect(selectors.filter((selector) => selector.split(' ')[0] !== `.${root}`)).toEqual([]);
  expect(svgOf(everything, {})).not.toMatch(/ id="/);
});

test('dark pages get their own colours, unless one theme is asked for', () => {
  expect(svgOf(everything, {})).toContain('@media(prefers-color-scheme:dark)');
  expect(svgOf(everything, { theme: 'dark' })).not.toContain('@media');
  expect(svgOf(everything, { theme: 'dark' })).toContain('--surface:#161b22');
  expect(svgOf(everything, { theme: 'light' })).toContain('--surface:#ffffff');
});

test('titles, names and labels cannot leave their text', () => {
  const evil = '</text><script>alert("1")</script>&\u0000\ud800';
  const picture: Picture = {
    title: evil,
    panels: [
      {
        ...chart({ ...line, name: evil } as Mark),
        title: evil,
        x: { label: evil, scale: 'band', categories: [evil] },
      },
    ],
    notes: [evil],
  };
  const svg = svgOf(picture, {});
  expect(elementsOf(svg)).not.toContain('script');
  expect(svg).not.toContain('\u0000');
  expect(svg).toContain('&lt;script&gt;');
});

test('a picture says what it is to those who hear it', () => {
  const svg = svgOf(everything, {});
  expect(svg).toMatch(/^<svg [^>]*role="img" aria-label="All"/);
  expect(svg).toContain('<title>All</title><desc>chart of loss over epoch: train, p, limit.');
  expect(svg).toContain('2 images. diagram of 2 nodes and 2 edges. A note.</desc>');
});

test('a width that is none, and an unknown theme, are errors', () => {
  expect(() => svgOf(everything, { width: Number.NaN })).toThrow(
    'svg width expected a number from 160 to 10000, received NaN.',
  );
  expect(() => svgOf(everything, { theme: 'blue' as 'dark' })).toThrow(
    "svg theme expected 'auto', 'light' or 'dark', received blue.",
  );
});

test('options that are none are errors', () => {
  const plot = new Plot(everything);
  expect(() => plot.svg(null as never)).toThrow('svg expected an object of options as its last argument');
  expect(() => plot.svg({ widht: 300 } as never)).toThrow("Did you mean 'width'?");
});

test('a picture without panels and panels without contents can be drawn', () => {
  const empty: Picture = {
    panels: [
      chart(),
      { kind: 'images', images: [] },
      { kind: 'diagram', width: 0, height: 0, nodes: [], edges: [] },
    ],
  };
  expect(() => elementsOf(svgOf({ panels: [] }, {}))).not.toThrow();
  expect(() => elementsOf(svgOf(empty, {}))).not.toThrow();
});

test('numbers have at most two decimals', () => {
  const svg = svgOf(everything, { width: 711.3 }).replace(/<style>.*<\/style>|base64,[^"]*|>[^<]*</g, '');
  expect(svg.match(/\d\.\d{3,}|\de[-+]\d/g)).toBe(null);
});
