/** What the colours of cells mean. */

import { cellDomain } from '../axes/cells.js';
import { tickLabels } from '../axes/labels.js';
import { roundValues, shareIn, valueAt } from '../axes/range.js';
import type { Cells } from '../description.js';
import { cellColour } from './cells.js';
import { node, type SvgNode } from './node.js';
import type { Paints } from './paint.js';
import { label, sizes, textWidth } from './text.js';

const [barWidth, gap, parts] = [12, 5, 32];

function tickRows(mark: Cells) {
  const [low, high] = cellDomain(mark);
  const values = low < high ? roundValues([low, high], 4) : [low];
  const labels = tickLabels(values);
  return values.map((value, i) => ({ value, text: labels[i]! }));
}

/** Room that the scale needs at the right of the area. */
export function scaleWidth(mark: Cells): number {
  const widths = [...tickRows(mark).map(({ text }) => barWidth + gap + textWidth(text, sizes.small))];
  return 14 + Math.max(...widths, Math.min(90, textWidth(mark.name!, sizes.small)));
}

export function drawScale(mark: Cells, left: number, height: number, paints: Paints): SvgNode {
  const domain = cellDomain(mark);
  const [low, high] = domain;
  const colourOf = cellColour(mark, paints);
  const top = Math.min(4, height / 10);
  const length = Math.min(height - top, 180);
  const at = (value: number) => top + (low < high ? 1 - shareIn(value, domain) : 0.5) * length;
  const bars = Array.from({ length: parts }, (_, i) => {
    const colour = colourOf(valueAt((parts - i - 0.5) / parts, domain))!;
    const y = top + (length * i) / parts;
    return node('rect', { x: left, y, width: barWidth, height: length / parts, ...paints.fill(colour) });
  });
  const words = tickRows(mark).map(({ value, text }) =>
    label(text, { x: left + barWidth + gap, y: at(value) + sizes.small * 0.36 }),
  );
  const name = label(mark.name!, { room: 90, x: left, y: -7 });
  const quiet = paints.fill(paints.basic('quiet'));
  return node(
    'g',
    {},
    node('g', { 'shape-rendering': 'crispEdges' }, ...bars),
    node('g', quiet, name, ...words),
  );
}
