import { cellDomain } from '../axes/cells.js';
import { shareIn } from '../axes/range.js';
import type { Cells, Numbers } from '../description.js';
import { type Area, clip } from './area.js';
import { node, rounded, type SvgNode } from './node.js';
import type { Paints } from './paint.js';
import { label, shortened, sizes } from './text.js';

/** A grid of colours: one path for each colour, cells side by side of one colour as one. */
export function drawCells(mark: Cells, area: Area): SvgNode {
  const { paints } = area;
  const colourOf = cellColour(mark, paints);
  const paths = new Map<string, string>();
  const sides = sidesOf(mark, area);
  mark.values.forEach((row, i) => {
    const [top, bottom] = [sides.rows[i]!, sides.rows[i + 1]!];
    for (const { colour, from, to } of runs(row, colourOf)) {
      const [left, right] = [sides.columns[from]!, sides.columns[to]!];
      const path = `M${rounded(left)} ${rounded(top)}H${rounded(right)}V${rounded(bottom)}H${rounded(left)}z`;
      paths.set(colour, (paths.get(colour) ?? '') + path);
    }
  });
  const shapes = [...paths].map(([colour, d]) => node('path', { d, ...paints.fill(colour) }));
  // Without it a seam of the page shines through between the cells.
  const cells = node('g', { 'shape-rendering': 'crispEdges' }, ...shapes);
  const ends = [sides.columns[0]!, sides.columns.at(-1)!].every(
    (at) => at >= -0.01 && at <= area.width + 0.01,
  );
  const inside =
    ends && [sides.rows[0]!, sides.rows.at(-1)!].every((at) => at >= -0.01 && at <= area.height + 0.01);
  const shown = inside ? cells : clip(cells, area);
  return mark.labels ? node('g', {}, shown, ...labelsOf(mark, sides, colourOf, area)) : shown;
}

interface Sides {
  readonly columns: readonly number[];
  readonly rows: readonly number[];
}

function sidesOf({ values, x, y }: Cells, area: Area): Sides {
  const columns = Math.max(0, ...values.map(({ length }) => length));
  const between = ([from, to]: readonly [number, number], count: number, place: (value: number) => number) =>
    Array.from({ length: count + 1 }, (_, i) => place(from + ((to - from) * i) / Math.max(1, count)));
  return {
    columns: between(x, columns, (value) => area.x(value)),
    rows: between(y, values.length, (value) => area.y(value)),
  };
}

/** What is not finite has no colour: a gap. */
type ColourOf = (value: number) => string | undefined;

function* runs(row: Numbers, colourOf: ColourOf): Generator<{ colour: string; from: number; to: number }> {
  let from = 0;
  for (let to = 1; to <= row.length; to++) {
    const colour = colourOf(row[from]!);
    if (to < row.length && colourOf(row[to]!) === colour) continue;
    if (colour) yield { colour, from, to };
    from = to;
  }
}

export function cellColour(mark: Cells, paints: Paints): ColourOf {
  const domain = cellDomain(mark);
  const share = (value: number) =>
    domain[1] > domain[0] ? Math.min(1, Math.max(0, shareIn(value, domain))) : 0.5;
  return (value) => {
    if (!Number.isFinite(value)) return undefined;
    if (mark.palette === 'classes') return paints.region(value);
    if (mark.palette === 'sequential') return paints.sequential(share(value));
    return paints.diverging(share(value) * 2 - 1);
  };
}

function labelsOf(mark: Cells, { columns, rows }: Sides, colourOf: ColourOf, area: Area): SvgNode[] {
  const { paints } = area;
  return mark.labels!.flatMap((line, i) => {
    const [top, bottom] = [rows[i]!, rows[i + 1]!];
    if (Math.abs(bottom - top) < sizes.small + 1) return [];
    return line.flatMap((text, j) => {
      const [left, right] = [columns[j]!, columns[j + 1]!];
      const room = Math.abs(right - left) - 2;
      // Half a number is another number.
      if (!text || shortened(text, room, sizes.small) !== text) return [];
      const colour = colourOf(mark.values[i]?.[j] ?? Number.NaN);
      const paint = paints.fill(colour ? paints.on(colour) : paints.basic('quiet'));
      const y = (top + bottom) / 2 + sizes.small * 0.36;
      return [label(text, { x: (left + right) / 2, y, 'text-anchor': 'middle', ...paint })];
    });
  });
}
