import { expect, test } from 'vitest';
import type { ChartPanel, Mark } from '../../../src/plot/description.js';
import type { Area } from '../../../src/plot/svg/area.js';
import { drawMark } from '../../../src/plot/svg/marks.js';
import { serialise } from '../../../src/plot/svg/node.js';
import { Paints } from '../../../src/plot/svg/paint.js';
import { svgOf } from '../../../src/plot/svg/svg.js';
import { thinLine } from '../../../src/plot/svg/thin-line.js';

/** An area whose pixels are the units of the data. */
const area = (more: Partial<Area> = {}): Area => ({
  width: 100,
  height: 50,
  paints: new Paints('light'),
  x: (value) => value,
  y: (value) => 50 - value,
  barsLie: false,
  symbols: false,
  ...more,
});
const draw = (mark: Mark, more: Partial<Area> = {}) => serialise(drawMark(mark, area(more)));
const line = (y: readonly number[]): Mark => ({ kind: 'line', series: 0, x: y.map((_, i) => 10 * i), y });

test('a line is one path', () => {
  expect(draw(line([0, 10, 5.555]))).toMatchInlineSnapshot(
    `"<path d="M0,50L10,40L20,44.45" stroke-width="2" stroke-linejoin="round" class="s0-line" stroke="#0072b2" fill="none"/>"`,
  );
});

test('a line has gaps where values are not finite, and a symbol for a value alone between gaps', () => {
  const svg = draw(line([0, 10, Number.NaN, 20, Number.POSITIVE_INFINITY, 10, 0]));
  expect(svg).toContain('d="M0,50L10,40M30,30ZM50,40L60,50"');
  expect(svg).toContain('M26.6 30a3.4 3.4');
});

test('a line of one value is a symbol', () => {
  expect(draw(line([7]))).toContain('M-3.4 43a3.4');
});

test('what leaves the area is cut, and its points are not drawn', () => {
  expect(draw(line([0, 90]))).toMatch(/^<svg width="100" height="50" overflow="hidden">/);
  expect(draw(line([0, 50]))).toMatch(/^<path/);
  expect(draw({ kind: 'points', series: 1, x: [10, 200], y: [10, 10] }).match(/M/g)).toHaveLength(1);
});

test('several lines carry the symbols of their series, each in its own places', () => {
  const x = Array.from({ length: 101 }, (_, i) => i);
  const svg = [0, 1].map((series) =>
    draw({ kind: 'line', series, x, y: x.map(() => 10) }, { symbols: true }),
  );
  expect(svg[0]).toContain('<path d="M-3.4 40a');
  expect(svg[1]).toMatch(/<path d="M13.76 42.76l/);
});

test('points of each series have a shape of their own, also without colour', () => {
  const shapes = Array.from({ length: 8 }, (_, series) => {
    const svg = draw({ kind: 'points', series, x: [50], y: [25] });
    return /d="M[\d.]+ [\d.]+([^"]+)"/.exec(svg)![1];
  });
  expect(new Set(shapes).size).toBe(8);
});

test('bars have their labels at their ends, also below zero', () => {
  const bars = {
    kind: 'rectangles',
    series: 0,
    x0: [10, 30],
    x1: [20, 40],
    y0: [20, 20],
    y1: [40, 10],
    labels: ['a', 'b'],
  } as const;
  const svg = draw(bars);
  expect(svg).toContain('<text font-size="11" x="15" y="11" text-anchor="middle">a</text>');
  expect(svg).toContain('<text font-size="11" x="35" y="53" text-anchor="middle">b</text>');
  expect(draw(bars, { barsLie: true })).toContain(
    '<text font-size="11" x="25" y="23.96" text-anchor="start">a</text>',
  );
});

test('cells side by side of one colour are one shape, and cells without a value a gap', () => {
  const cells: Mark = {
    kind: 'cells',
    values: [[0, 0, 1, Number.NaN]],
    x: [0, 40],
    y: [0, 10],
    palette: 'classes',
  };
  expect(draw(cells)).toMatchInlineSnapshot(
    `"<g shape-rendering="crispEdges"><path d="M0 50H20V40H0z" class="r0" fill="#bddaeb"/><path d="M20 50H30V40H20z" class="r1" fill="#f2dcbd"/></g>"`,
  );
});

test('labels of cells are dark on light colours and light on dark ones', () => {
  const svg = draw({
    kind: 'cells',
    values: [[0, 1]],
    x: [0, 80],
    y: [0, 40],
    palette: 'sequential',
    labels: [['low', 'high']],
  });
  expect(svg).toMatch(/fill="#000000">low/);
  expect(svg).toMatch(/fill="#ffffff">high/);
});

test('a number that does not fit into its cell is left out whole', () => {
  const cells: Mark = {
    kind: 'cells',
    values: [[0]],
    x: [0, 20],
    y: [0, 40],
    palette: 'sequential',
    labels: [['1234567']],
  };
  expect(draw(cells)).not.toContain('<text');
});

test('a rule at 0 is drawn where 0 is, and its name stays in the area', () => {
  expect(draw({ kind: 'rule', y: 20, name: 'limit' })).toMatch(
    /d="M0 30h100".*x="96" y="25" text-anchor="end".*>limit</,
  );
  expect(draw({ kind: 'rule', x: 95, name: 'limit' })).toMatch(/x="90" y="11" text-anchor="end"/);
  expect(draw({ kind: 'rule', x: 200 })).not.toContain('200');
});

test('a note near the side is moved inside', () => {
  expect(draw({ kind: 'note', x: 0, y: 25, text: 'word' })).toMatch(/x="1\d\.\d+"/);
});

test('a line of a hundred thousand points is thinned out and keeps its highest and lowest', () => {
  const places = Array.from(
    { length: 100_000 },
    (_, i) => [i / 1000, i === 55_555 ? 900 : Math.sin(i)] as const,
  );
  const thin = thinLine(places, 100);
  expect(thin.length).toBeLessThan(500);
  expect(thin.some(([, y]) => y === 900)).toBe(true);
  expect(thin.map(([x]) => x)).toEqual([...thin.map(([x]) => x)].sort((a, b) => a - b));
});

test('thinning leaves gaps where they are', () => {
  const places = Array.from({ length: 1000 }, (_, i) => [i / 100, i === 500 ? Number.NaN : 1] as const);
  expect(thinLine(places, 10).filter(([, y]) => Number.isNaN(y))).toHaveLength(1);
});

test('the legend names a line and points of one name and series once', () => {
  const panel: ChartPanel = {
    kind: 'chart',
    x: { label: '' },
    y: { label: '' },
    marks: [
      { kind: 'line', name: 'model', series: 0, x: [0, 1], y: [0, 1] },
      { kind: 'points', name: 'model', series: 0, x: [0, 1], y: [0, 1] },
      { kind: 'line', name: 'other', series: 1, x: [0, 1], y: [0, 1], dashed: true },
    ],
  };
  const svg = svgOf({ panels: [panel] }, {});
  expect(svg.match(/>model</g)).toHaveLength(1);
  expect(svg.match(/stroke-dasharray="6 4"/g)).toHaveLength(2);
});

test('an image is a PNG in the picture, its pixels not blurred', () => {
  const image = { width: 2, height: 1, pixels: Uint8Array.of(9, 9, 9, 200, 200, 200) };
  const svg = svgOf({ panels: [{ kind: 'images', images: [image] }] }, {});
  expect(svg).toMatch(
    /<image x="0" width="80" height="40" preserveAspectRatio="none" style="image-rendering:pixelated"/,
  );
  const bytes = Uint8Array.from(atob(/base64,([^"]*)/.exec(svg)![1]!), (sign) => sign.charCodeAt(0));
  expect([...bytes.slice(1, 4)]).toEqual([...'PNG'].map((sign) => sign.charCodeAt(0)));
  expect([bytes[19], bytes[23], bytes[25]]).toEqual([2, 1, 0]); // width, height, grey
});

test('an arrow of a diagram ends at the border of its node', () => {
  const box = { x: 50, width: 40, height: 20, shape: 'box' } as const;
  const svg = svgOf(
    {
      panels: [
        {
          kind: 'diagram',
          width: 688,
          height: 100,
          nodes: [
            { ...box, y: 10 },
            { ...box, y: 80 },
          ],
          edges: [{ from: 0, to: 1 }],
        },
      ],
    },
    {},
  );
  expect(svg).toContain('<path d="M50 20L50 63" stroke-width="1.5"');
});

test('the label of a lying bar is outside where there is room, else inside, else behind its beginning', () => {
  const bar = (x0: number, x1: number) =>
    draw(
      { kind: 'rectangles', series: 0, x0: [x0], x1: [x1], y0: [0], y1: [20], labels: ['12345'] },
      { barsLie: true },
    );
  expect(bar(0, 40)).toContain('x="45" y="43.96" text-anchor="start"');
  expect(bar(0, 100)).toMatch(/x="95" y="43.96" text-anchor="end" class="on-s0" fill="#ffffff"/);
  expect(bar(60, 0)).toMatch(/x="5" y="43.96" text-anchor="start" class="on-s0"/);
  expect(bar(20, 0)).toContain('x="25" y="43.96" text-anchor="start"');
});

test('a diagram that is too wide becomes narrower, and its lines of text stay apart', () => {
  const notes = [10, 24].map((y) => ({ kind: 'note', x: 500, y, text: 'layer' }) as const);
  const panel = { kind: 'diagram', width: 1000, height: 100, nodes: [], edges: [], notes } as const;
  expect(svgOf({ panels: [panel] }, { width: 232 })).toMatch(/x="100" y="13.96".*x="100" y="27.96"/);
});

test('words of a diagram have a border of the colour of the page, in which lines end', () => {
  const notes = [{ kind: 'note', x: 50, y: 50, text: '... 768 more' }] as const;
  const box = { y: 50, width: 10, height: 10, shape: 'box' } as const;
  const nodes = [
    { ...box, x: 10 },
    { ...box, x: 90 },
  ];
  const edges = [{ from: 0, to: 1, label: 'relu' }];
  const svg = svgOf({ panels: [{ kind: 'diagram', width: 100, height: 100, nodes, edges, notes }] }, {});
  for (const word of ['768 more', 'relu'])
    expect(svg).toMatch(
      new RegExp(`class="quiet surface-line" [^>]*stroke="#ffffff" paint-order="stroke"[^>]*>[^<]*${word}`),
    );
});
