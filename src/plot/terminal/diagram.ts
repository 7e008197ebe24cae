/** Models as boxes one under another; networks as circles with lines, or as a list of layers where they do not fit. */

import type { DiagramNode, DiagramPanel } from '../description.js';
import { grey, seriesColours } from './colours.js';
import { Dots } from './dots.js';
import { fitted, textWidth, wrapped } from './lettering.js';
import { beside, Sheet, sheetOf, stacked } from './sheet.js';
import type { Surface } from './surface.js';

export function drawDiagram(panel: DiagramPanel, surface: Surface): Sheet {
  if (panel.nodes.some(({ shape }) => shape === 'box')) return boxes(panel, surface);
  const layers = groups(panel.nodes, ({ x }) => x);
  const tallest = Math.max(...layers.map((layer) => layer.length));
  const isRoomy = surface.unicode && surface.width >= 8 * layers.length && tallest <= mostUnits;
  return isRoomy ? circles(panel, surface, tallest) : listOfLayers(panel, layers, surface);
}

const mostUnits = 24;

/** Nodes with the same coordinate together, in its order. */
function groups(nodes: readonly DiagramNode[], place: (node: DiagramNode) => number): DiagramNode[][] {
  const found = new Map<number, DiagramNode[]>();
  for (const node of nodes) {
    const key = Math.round(place(node));
    found.set(key, [...(found.get(key) ?? []), node]);
  }
  return [...found].sort(([a], [b]) => a - b).map(([, members]) => members);
}

function boxes({ nodes, edges, notes = [] }: DiagramPanel, { width, unicode }: Surface): Sheet {
  const rows = groups(nodes, ({ y }) => y).map((row) => row.sort((a, b) => a.x - b.x));
  const [upright, tip] = unicode ? ['│', '▼'] : ['|', 'v'];
  const sheets = rows.flatMap((row, i) => {
    const drawn = boxRow(row, width, unicode);
    const place = new Sheet(width, drawn.height);
    place.paste(drawn, (width - drawn.width) >> 1, 0);
    if (i === 0) return [place];
    const labels = edges.filter(({ to }) => row.includes(nodes[to]!)).map(({ label }) => label);
    const between = new Sheet(width, 2);
    const middle = (width - 1) >> 1;
    [upright, tip].forEach((sign, line) => {
      between.put(middle, line, sign!, { ink: grey });
    });
    const label = labels.find((each) => each !== undefined);
    if (label) between.write(middle + 2, 0, fitted(label, width - middle - 2, unicode), { ink: grey });
    return [between, place];
  });
  const words = notes.flatMap(({ text }) => wrapped(text, width, unicode));
  return stacked([...sheets, sheetOf(words, width, { ink: grey })]);
}

function boxRow(row: readonly DiagramNode[], width: number, unicode: boolean): Sheet {
  const gap = 2;
  const natural = row.map(({ text = [] }) => Math.max(1, ...text.map(textWidth)) + 4);
  const needed = natural.reduce((sum, each) => sum + each, gap * (row.length - 1));
  const isBeside = needed <= width;
  const sheets = row.map(({ text = [] }, i) => box(text, Math.min(natural[i]!, width), unicode));
  return isBeside ? beside(sheets, gap) : stacked(sheets);
}

function box(text: readonly string[], width: number, unicode: boolean): Sheet {
  const [level, upright, corners] = unicode ? ['─', '│', '╭╮╰╯'] : ['-', '|', '++++'];
  const lines = text.map((line) => fitted(line, width - 4, unicode));
  const sheet = new Sheet(width, lines.length + 2);
  const rule = (left: string, end: string) => left + level!.repeat(width - 2) + end;
  const style = { ink: grey };
  sheet.write(0, 0, rule(corners![0]!, corners![1]!), style);
  sheet.write(0, lines.length + 1, rule(corners![2]!, corners![3]!), style);
  lines.forEach((line, i) => {
    sheet.put(0, i + 1, upright!, style);
    sheet.write(Math.floor((width - textWidth(line)) / 2), i + 1, line);
    sheet.put(width - 1, i + 1, upright!, style);
  });
  return sheet;
}

function circles(panel: DiagramPanel, { width, height, colour }: Surface, tallest: number): Sheet {
  const rows = height ?? Math.min(2 * tallest + 1, mostUnits + 1);
  const sheet = new Sheet(width, rows);
  const column = (x: number) => Math.round((x / (panel.width || 1)) * (width - 1));
  const row = (y: number) => Math.round((y / (panel.height || 1)) * (rows - 1));
  const dots = new Dots(width, rows);
  // Weak lines first, so that strong ones cover them.
  const sorted = [...panel.edges].sort((a, b) => Math.abs(a.weight ?? 1) - Math.abs(b.weight ?? 1));
  const most = Math.max(leastLines, width >> 1);
  for (const { from, to, weight = 0 } of sorted.slice(-most)) {
    const [a, b] = [panel.nodes[from]!, panel.nodes[to]!];
    const ends = [column(a.x), row(a.y), column(b.x), row(b.y)].map(
      (place, i) => (i % 2 ? 4 : 2) * place + 1,
    );
    dots.line(ends[0]!, ends[1]!, ends[2]!, ends[3]!, weight === 0 ? grey : inkOf(weight));
  }
  dots.onto(sheet, 0, 0);
  for (const { x, y, value, text = [] } of panel.nodes) {
    const sign = value === undefined || Math.abs(value) < 0.15 ? '○' : value > 0 || colour ? '●' : '◐';
    sheet.put(column(x), row(y), sign, { ink: value === undefined ? undefined : inkOf(value) });
    if (text[0]) sheet.write(column(x) + 2, row(y), text[0]);
  }
  for (const { x, y, text, align = 'middle' } of panel.notes ?? []) {
    const start = column(x) - (align === 'middle' ? Math.floor(textWidth(text) / 2) : 0);
    sheet.write(Math.max(0, Math.min(width - textWidth(text), start)), row(y), text, { ink: grey });
  }
  const note = `The ${most} strongest of ${sorted.length} lines.`;
  return stacked([
    sheet,
    sheetOf(sorted.length > most ? wrapped(note, width, true) : [], width, { ink: grey }),
  ]);
}

// More than these and one for every two columns cannot be followed.
const leastLines = 24;

// Positive orange, negative blue, as the diverging palette of the SVG.
const inkOf = (value: number) => seriesColours[value < 0 ? 0 : 1]!;

/** What a network comes down to: its layers, how many units of each are drawn, and what is said beside them. */
function listOfLayers(
  panel: DiagramPanel,
  layers: readonly DiagramNode[][],
  { width, unicode }: Surface,
): Sheet {
  const lines = layers.map((layer, i) => {
    const near = (panel.notes ?? []).filter(({ x }) => nearestLayer(x, layers) === i).map(({ text }) => text);
    const count = `${layer.length} ${layer.length === 1 ? 'unit' : 'units'}`;
    return [`layer ${i + 1}: ${count}`, ...near].join(', ');
  });
  return sheetOf(
    lines.flatMap((line) => wrapped(line, width, unicode)),
    width,
  );
}

function nearestLayer(x: number, layers: readonly DiagramNode[][]): number {
  const away = layers.map(([first]) => Math.abs(first!.x - x));
  return away.indexOf(Math.min(...away));
}
