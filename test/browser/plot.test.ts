import { afterEach, expect, test } from 'vitest';
import {
  type Plot,
  panels,
  plotBars,
  plotConfusion,
  plotHeatMap,
  plotHistory,
  plotLines,
  plotScatter,
} from '../../src/plot/index.js';

const names = [
  'T-shirt/top',
  'Trouser',
  'Pullover',
  'Dress',
  'Coat',
  'Sandal',
  'Shirt',
  'Sneaker',
  'Bag',
  'Ankle boot',
];
const counts = names.map((_, i) => names.map((_, j) => (i === j ? 900 : (i * j) % 90)));
const curve = (size: number) => Array.from({ length: 30 }, (_, i) => size * Math.exp(-i / 9));
const plots: Readonly<Record<string, Plot>> = {
  history: plotHistory({ loss: curve(1), val_loss: curve(2), accuracy: curve(-1), val_accuracy: curve(-2) }),
  'tiny numbers': plotLines({ a: curve(1e-9) }, { xLabel: 'step', yLabel: 'weight' }),
  'huge numbers': plotLines({ a: { x: [0, 12_345_678], y: [0, 9e9] } }),
  'numbers far from 0': plotLines({ a: { x: [1e15, 1e15 + 1], y: [1.7e12, 1.7e12 + 2e6] } }),
  'the largest numbers': plotHeatMap([[1e308, -1e308]]),
  'log axes': plotLines({ a: { x: [1, 1e6], y: [1e-8, 1] } }, { logScale: true, logX: true }),
  'ten curves': plotLines(Object.fromEntries(names.map((name, i) => [`${name} and more`, curve(i)]))),
  scatter: plotScatter(
    [
      [-1.5, 2.25],
      [3, 4],
    ],
    { labels: [0, 1] },
  ),
  bars: plotBars(
    Object.fromEntries(
      names.map((name, i) => [`${name}, a name that is much too long for its place`, i - 3]),
    ),
  ),
  'confusion matrix': plotConfusion(counts, { classes: names }),
  'heat map': plotHeatMap(counts.map((row) => row.map((count) => count - 30))),
  panels: panels([plotLines({ a: curve(1) }, { title: 'A long title '.repeat(9) }), plotBars({ a: 1 })], {
    title: 'Two',
  }),
};

afterEach(() => document.body.replaceChildren());

const shown = (plot: Plot, width = 720): SVGSVGElement => {
  const element = plot.element({ width });
  document.body.append(element);
  return element;
};
const texts = (svg: SVGSVGElement) => [...svg.querySelectorAll('text')];
const overlap = (a: DOMRect, b: DOMRect) =>
  Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
  Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3;

test.each(Object.entries(plots))('the text and the element of %s are the same drawing', (_, plot) => {
  const parsed = new DOMParser().parseFromString(plot.svg(), 'image/svg+xml');
  expect(parsed.querySelector('parsererror')).toBe(null);
  parsed.documentElement.removeAttribute('xmlns'); // the parser keeps it as an attribute too
  const element = plot.element();
  expect(element).toBeInstanceOf(SVGSVGElement);
  expect(element.isEqualNode(document.importNode(parsed.documentElement, true))).toBe(true);
});

test.each(Object.entries(plots))('the words of %s lie inside and do not overlap', (_, plot) => {
  for (const width of [360, 720]) {
    const svg = shown(plot, width);
    const frame = svg.getBoundingClientRect();
    expect(frame.width).toBe(width);
    // The box of slanted text is wider than its letters.
    const level = texts(svg).filter((text) => !text.hasAttribute('transform'));
    const boxes = level.map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() }));
    const outside = texts(svg).filter((text) => {
      const box = text.getBoundingClientRect();
      return box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 1;
    });
    expect(outside.map(({ textContent }) => textContent)).toEqual([]);
    const pairs = boxes.flatMap((a, i) => boxes.slice(i + 1).map((b) => [a, b] as const));
    expect(pairs.filter(([a, b]) => overlap(a.box, b.box)).map(([a, b]) => [a.text, b.text])).toEqual([]);
    expect(texts(svg).every((text) => Number.parseFloat(getComputedStyle(text).fontSize) >= 11)).toBe(true);
    svg.remove();
  }
});

test.each(['light', 'dark'] as const)('every word stands out from a %s page by 4.5 to 1', (theme) => {
  const svg = plots['confusion matrix']!.element({ theme });
  const every = plotConfusion(
    Array.from({ length: 8 }, (_, i) => Array.from({ length: 8 }, (_, j) => 8 * i + j)),
  );
  document.body.append(svg, plots.history!.element({ theme }), every.element({ theme }));
  const colour = (element: Element) => getComputedStyle(element).fill.match(/\d+/g)!.map(Number);
  const luminance = (element: Element) => {
    const [r, g, b] = colour(element).map((part) =>
      part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  };
  const shapes = [...document.querySelectorAll('svg > rect, [shape-rendering] path')];
  for (const text of document.querySelectorAll('text')) {
    const at = text.getBoundingClientRect();
    const below = shapes.filter((shape) => {
      if (shape.tagName === 'rect') return shape.closest('svg') === text.closest('svg');
      const point = new DOMPoint((at.left + at.right) / 2, (at.top + at.bottom) / 2);
      const matrix = (shape as SVGGeometryElement).getScreenCTM()!.inverse();
      return (shape as SVGGeometryElement).isPointInFill(point.matrixTransform(matrix));
    });
    const [dark, light] = [luminance(text), luminance(below.at(-1)!)].sort((a, b) => a - b);
    expect((light! + 0.05) / (dark! + 0.05), `${text.textContent}`).toBeGreaterThan(4.5);
  }
});

test('the style of a picture changes nothing of the page or of another picture', () => {
  const word = document.createElement('p');
  word.className = 'ink quiet s0';
  document.body.append(word);
  const before = getComputedStyle(word).fill;
  const light = plots.bars!.element({ theme: 'light' });
  document.body.append(light, plots.bars!.element({ theme: 'dark' }));
  expect(getComputedStyle(word).fill).toBe(before);
  expect(getComputedStyle(light.querySelector('rect')!).fill).toBe('rgb(255, 255, 255)');
});
