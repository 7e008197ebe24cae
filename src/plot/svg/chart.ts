/** A chart: legend, axes, marks. */

import type { Cells, ChartPanel, Mark } from '../description.js';
import type { Area } from './area.js';
import { drawAxes } from './axes.js';
import { type Frame, frameOf } from './frame.js';
import { drawLegend } from './legend.js';
import { drawMark } from './marks.js';
import { type Drawn, node, rounded, type SvgNode } from './node.js';
import type { Paints } from './paint.js';
import { drawScale, scaleWidth } from './scale.js';
import { label, sizes } from './text.js';

export function drawChart(panel: ChartPanel, width: number, paints: Paints): Drawn {
  const legend = drawLegend(panel.marks, width, paints);
  const scaled = panel.marks.filter(hasScale);
  const frame = frameOf(panel, width, scaled.length > 0 ? scaleWidth(scaled[0]!) : 0);
  const yLabelHeight = panel.y.label ? 23 : 8;
  const top = legend.height + yLabelHeight;
  const area = areaOf(frame, paints, panel.marks);
  const covered = panel.marks.some(({ kind }) => kind === 'cells');
  const { below, above, height } = drawAxes(frame, paints, covered);
  const marks = panel.marks.map((mark) => drawMark(mark, area));
  const scale = scaled.map((cells) => drawScale(cells, frame.width + 14, frame.height, paints));
  const place = `translate(${rounded(frame.left)} ${rounded(top)})`;
  return {
    height: top + frame.height + height,
    children: [
      ...legend.children,
      ...yLabel(panel.y.label, legend.height, width, paints),
      node('g', { transform: place }, ...below, ...marks, ...above, ...scale.slice(0, 1)),
    ],
  };
}

const hasScale = (mark: Mark): mark is Cells =>
  mark.kind === 'cells' && !!mark.name && mark.palette !== 'classes';

/** Above its axis and level, where it is read without turning the head. */
const yLabel = (text: string, top: number, width: number, paints: Paints): SvgNode[] =>
  text ? [label(text, { room: width, y: top + sizes.small, ...paints.fill(paints.basic('quiet')) })] : [];

function areaOf({ x, y, width, height }: Frame, paints: Paints, marks: readonly Mark[]): Area {
  const named = new Set(
    marks.flatMap((mark) => (mark.kind === 'line' && mark.series !== undefined ? [mark.series] : [])),
  );
  return {
    width,
    height,
    paints,
    x: (value) => x.place(value) * width,
    y: (value) => (1 - y.place(value)) * height,
    barsLie: y.scale === 'band',
    symbols: named.size > 1,
  };
}
