/** Axes, gridlines and their labels. The origin is the upper left corner of the area. */

import type { Tick } from '../axes/axis.js';
import { type Frame, labelGap, slant } from './frame.js';
import { node, rounded, type SvgNode } from './node.js';
import type { Paints } from './paint.js';
import { label, sizes } from './text.js';

/** What lies below the marks, what above, and the height of what is below the area. */
export interface DrawnAxes {
  readonly below: readonly SvgNode[];
  readonly above: readonly SvgNode[];
  readonly height: number;
}

/** `covered`: cells fill the area, and there are no gridlines. */
export function drawAxes(frame: Frame, paints: Paints, covered: boolean): DrawnAxes {
  const grid = covered ? [] : [gridOf(frame, paints)];
  const labelTop = frame.height + frame.below;
  const xLabel = frame.x.label
    ? [
        label(frame.x.label, {
          room: frame.left + frame.width,
          x: frame.width / 2,
          y: labelTop + sizes.small + 2,
          'text-anchor': 'middle',
          ...paints.fill(paints.basic('quiet')),
        }),
      ]
    : [];
  return {
    below: grid,
    above: [...base(frame, paints, covered), xLabels(frame, paints), yLabels(frame, paints), ...xLabel],
    height: frame.below + (xLabel.length > 0 ? sizes.small + 6 : 2),
  };
}

const across = ({ x, width }: Frame, { value }: Tick) => x.place(value) * width;
const down = ({ y, height }: Frame, { value }: Tick) => (1 - y.place(value)) * height;

/** Lines at the ticks, but none between categories, which are no places to read off. */
function gridOf(frame: Frame, paints: Paints): SvgNode {
  const { width, height, x, y } = frame;
  const upright =
    x.scale === 'band'
      ? []
      : frame.xTicks.map((tick) => `M${rounded(across(frame, tick))} 0v${rounded(height)}`);
  const level =
    y.scale === 'band'
      ? []
      : frame.yTicks.map((tick) => `M0 ${rounded(down(frame, tick))}h${rounded(width)}`);
  return node('path', {
    d: [...level, ...upright].join('') || 'M0 0',
    ...paints.stroke(paints.basic('grid')),
  });
}

/** The lower side, and zero where it lies within. */
function base(frame: Frame, paints: Paints, covered: boolean): SvgNode[] {
  if (covered) return [];
  const { width, height, x, y } = frame;
  const inside = ({ scale, domain }: Frame['x']) => scale === 'linear' && domain[0] < 0 && domain[1] > 0;
  const lines = [`M0 ${rounded(height)}h${rounded(width)}`];
  if (y.scale === 'band') lines[0] = `M${rounded(x.place(0) * width || 0)} 0v${rounded(height)}`;
  else if (inside(y)) lines.push(`M0 ${rounded((1 - y.place(0)) * height)}h${rounded(width)}`);
  return [node('path', { d: lines.join(''), ...paints.stroke(paints.basic('axis')) })];
}

function xLabels(frame: Frame, paints: Paints): SvgNode {
  const y = frame.height + labelGap + sizes.small - 1;
  const words = frame.xTicks.map((tick) => {
    const x = across(frame, tick);
    if (!frame.slanted) return label(tick.label, { room: frame.xRoom, x, y });
    const turn = `rotate(${-slant} ${rounded(x + 4)} ${rounded(y)})`;
    return label(tick.label, { room: frame.xRoom, x: x + 4, y, transform: turn });
  });
  const anchor = frame.slanted ? 'end' : 'middle';
  return node('g', { 'text-anchor': anchor, ...paints.fill(paints.basic('quiet')) }, ...words);
}

function yLabels(frame: Frame, paints: Paints): SvgNode {
  const words = frame.yTicks.map((tick) =>
    label(tick.label, { room: frame.yRoom, x: -labelGap, y: down(frame, tick) + sizes.small * 0.36 }),
  );
  return node('g', { 'text-anchor': 'end', ...paints.fill(paints.basic('quiet')) }, ...words);
}
