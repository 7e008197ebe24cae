/** Panels in rows, with the picture's title above and its notes below. */

import type { Panel, Picture } from '../description.js';
import { drawChart } from './chart.js';
import { drawDiagram } from './diagram.js';
import { drawImages } from './images.js';
import { type Drawn, node, rounded, type SvgNode } from './node.js';
import type { Paints } from './paint.js';
import { boldShare, label, sizes, wrapped } from './text.js';

const margin = 16;
const gap = 24;
/** A panel that is narrower is not readable; then fewer stand side by side. */
const leastPanel = 230;

export function drawPicture(picture: Picture, width: number, paints: Paints): Drawn {
  const inner = width - 2 * margin;
  const title = textBlock(picture.title ? [picture.title] : [], inner, margin, 'title', paints);
  const grid = drawGrid(picture, inner, title.height > 0 ? margin + title.height + 8 : margin, paints);
  const notes = textBlock(picture.notes ?? [], inner, grid.height + 4, 'small', paints);
  return {
    height: grid.height + (notes.height > 0 ? notes.height + 8 : 0) + margin,
    children: [...title.children, ...grid.children, ...notes.children],
  };
}

function textBlock(
  texts: readonly string[],
  width: number,
  top: number,
  kind: 'title' | 'small',
  paints: Paints,
): Drawn {
  const size = sizes[kind];
  const bold = kind === 'title';
  const lineHeight = Math.round(size * 1.4);
  const lines = texts.flatMap((text) => wrapped(text, width, size, bold));
  const paint = paints.fill(paints.basic(bold ? 'ink' : 'quiet'));
  const children = lines.map((line, i) =>
    label(line, {
      size,
      x: margin,
      y: top + size + i * lineHeight,
      ...(bold ? { 'font-weight': 600 } : {}),
      ...paint,
    }),
  );
  return { height: lines.length * lineHeight, children };
}

function drawGrid({ panels, columns }: Picture, inner: number, top: number, paints: Paints): Drawn {
  const fitting = Math.max(1, Math.floor((inner + gap) / (leastPanel + gap)));
  const count = Math.max(1, Math.min(columns ?? defaultColumns(panels), fitting, panels.length));
  const panelWidth = (inner - gap * (count - 1)) / count;
  const drawn = panels.map((panel) => drawPanel(panel, panelWidth, paints));
  const children: SvgNode[] = [];
  let y = top;
  for (let first = 0; first < drawn.length; first += count) {
    const row = drawn.slice(first, first + count);
    row.forEach((panel, i) => {
      const x = margin + i * (panelWidth + gap);
      children.push(node('g', { transform: `translate(${rounded(x)} ${rounded(y)})` }, ...panel.children));
    });
    y += Math.max(...row.map(({ height }) => height)) + gap;
  }
  return { height: panels.length > 0 ? y - gap : top, children };
}

// Diagrams and rows of images need the whole width.
const defaultColumns = (panels: readonly Panel[]) =>
  panels.every(({ kind }) => kind === 'chart') ? Math.ceil(Math.sqrt(panels.length)) : 1;

/** One panel from its own origin. */
function drawPanel(panel: Panel, width: number, paints: Paints): Drawn {
  const heading = panel.title
    ? [
        label(panel.title, {
          room: width / boldShare,
          size: sizes.heading,
          y: sizes.heading,
          'font-weight': 600,
          ...paints.fill(paints.basic('ink')),
        }),
      ]
    : [];
  const top = panel.title ? sizes.heading + 10 : 0;
  const content =
    panel.kind === 'chart'
      ? drawChart(panel, width, paints)
      : panel.kind === 'images'
        ? drawImages(panel, width, paints)
        : drawDiagram(panel, width, paints);
  return {
    height: top + content.height,
    children: [...heading, node('g', { transform: `translate(0 ${top})` }, ...content.children)],
  };
}
