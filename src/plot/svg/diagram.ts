/** Boxes and circles and the lines between them. */

import type { DiagramEdge, DiagramNode, DiagramPanel } from '../description.js';
import { type Attributes, type Drawn, node, rounded, type SvgNode } from './node.js';
import type { Paints } from './paint.js';
import { label, sizes } from './text.js';

const arrowLength = 7;
const lineHeight = 1.3;

/**
 * A diagram that is too wide becomes narrower, but not lower: lines of text below each other keep their distance.
 */
export function drawDiagram(panel: DiagramPanel, width: number, paints: Paints): Drawn {
  const by = Math.min(1, width / Math.max(1, panel.width));
  const left = (width - panel.width * by) / 2;
  const nodes = panel.nodes.map((box) => ({
    ...box,
    x: left + box.x * by,
    width: box.width * by,
    height: box.shape === 'circle' ? box.height * by : box.height,
  }));
  // Strong weights cover weak ones.
  const edges = [...panel.edges].sort((a, b) => Math.abs(a.weight ?? 0) - Math.abs(b.weight ?? 0));
  const notes = (panel.notes ?? []).map(({ x, y, text, align = 'middle' }) =>
    label(text, {
      room: width,
      x: left + x * by,
      y: y + sizes.small * 0.36,
      'text-anchor': align,
      ...overLines(paints),
    }),
  );
  return {
    height: panel.height,
    children: [
      ...edges.map((edge) => drawEdge(edge, nodes, paints)),
      ...nodes.map((box) => drawNode(box, paints)),
      ...notes,
    ],
  };
}

/** Words that lines may pass below: with a border of the page's colour, in which the lines end. */
const overLines = (paints: Paints): Attributes => ({
  ...paints.both(paints.basic('quiet'), paints.basic('surface')),
  'paint-order': 'stroke',
  'stroke-width': 4,
  'stroke-linejoin': 'round',
});

function drawNode(box: DiagramNode, paints: Paints): SvgNode {
  const { x, y, width, height } = box;
  const inside = box.value === undefined ? paints.basic('box') : paints.diverging(bounded(box.value));
  const paint = { 'stroke-width': 1.25, ...paints.both(inside, paints.basic('axis')) };
  const shape =
    box.shape === 'circle'
      ? node('ellipse', { cx: x, cy: y, rx: width / 2, ry: height / 2, ...paint })
      : node('rect', { x: x - width / 2, y: y - height / 2, width, height, rx: 5, ...paint });
  const size = sizes.small;
  const lines = box.text ?? [];
  const colour = paints.fill(box.value === undefined ? paints.basic('ink') : paints.on(inside));
  const words = lines.map((text, i) =>
    label(text, {
      size,
      room: width - 4,
      x,
      y: y + size * (0.36 + lineHeight * (i - (lines.length - 1) / 2)),
      'text-anchor': 'middle',
      'font-weight': i === 0 && lines.length > 1 ? 600 : undefined,
      ...colour,
    }),
  );
  return node('g', {}, shape, ...words);
}

function drawEdge(
  { from, to, weight, label: text }: DiagramEdge,
  nodes: readonly DiagramNode[],
  paints: Paints,
): SvgNode {
  const [x0, y0] = border(nodes[from]!, nodes[to]!);
  const [x1, y1] = border(nodes[to]!, nodes[from]!);
  const drawn =
    weight === undefined ? arrow([x0, y0], [x1, y1], paints) : [weighted(weight, [x0, y0], [x1, y1], paints)];
  if (!text) return node('g', {}, ...drawn);
  const isUpright = Math.abs(x1 - x0) < Math.abs(y1 - y0);
  const words = label(text, {
    x: (x0 + x1) / 2 + (isUpright ? 8 : 0),
    y: (y0 + y1) / 2 + (isUpright ? sizes.small * 0.36 : -6),
    'text-anchor': isUpright ? 'start' : 'middle',
    ...overLines(paints),
  });
  return node('g', {}, ...drawn, words);
}

type Place = readonly [x: number, y: number];

/** Where the line to another node leaves a node. */
function border(box: DiagramNode, other: DiagramNode): Place {
  const [dx, dy] = [other.x - box.x, other.y - box.y];
  if (dx === 0 && dy === 0) return [box.x, box.y];
  const [a, b] = [Math.abs(dx) / (box.width / 2), Math.abs(dy) / (box.height / 2)];
  const share = box.shape === 'circle' ? Math.hypot(a, b) : Math.max(a, b);
  return [box.x + dx / share, box.y + dy / share];
}

const bounded = (weight: number) => (Number.isFinite(weight) ? Math.min(1, Math.max(-1, weight)) : 0);

function weighted(weight: number, [x0, y0]: Place, [x1, y1]: Place, paints: Paints): SvgNode {
  const share = bounded(weight);
  return node('path', {
    d: `M${rounded(x0)} ${rounded(y0)}L${rounded(x1)} ${rounded(y1)}`,
    'stroke-width': 0.5 + 2.5 * Math.abs(share),
    // A line of the page's own colour would not be there at all.
    ...paints.stroke(paints.diverging(Math.sign(share) * (0.12 + 0.88 * Math.abs(share)))),
  });
}

function arrow([x0, y0]: Place, [x1, y1]: Place, paints: Paints): SvgNode[] {
  const length = Math.hypot(x1 - x0, y1 - y0) || 1;
  const [dx, dy] = [(x1 - x0) / length, (y1 - y0) / length];
  const [bx, by] = [x1 - dx * arrowLength, y1 - dy * arrowLength];
  const side = arrowLength * 0.45;
  const corners = [
    [x1, y1],
    [bx - dy * side, by + dx * side],
    [bx + dy * side, by - dx * side],
  ].map((place) => place.map(rounded).join(' '));
  const colour = paints.basic('axis');
  return [
    node('path', {
      d: `M${rounded(x0)} ${rounded(y0)}L${rounded(bx)} ${rounded(by)}`,
      'stroke-width': 1.5,
      ...paints.stroke(colour),
    }),
    node('path', { d: `M${corners.join('L')}z`, ...paints.fill(colour) }),
  ];
}
