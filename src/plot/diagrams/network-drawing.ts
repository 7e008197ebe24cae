/** Where the units of a network stand, and the lines between them. */

import type { DiagramEdge, DiagramNode, DiagramPanel, Note } from '../description.js';
import { finite, largestOf } from '../images/pixels.js';
import type { UnitColumn } from './columns.js';

/**
 * From the middle of a unit to that of the next: what makes the units about so high together, within these
 * bounds.
 */
const usualHeight = 420;
const [closest, widest] = [26, 56] as const;
/** Diameter of a unit as a share of that. */
const roundness = 0.66;
/** Room above the units for the names of layers. */
const header = 56;
const margin = 14;
const width = 720;
/** The least distance between columns: room for names of layers. */
const columnSpacing = 120;
/** Room beside the first and the last column: half a name. */
const side = 64;
/** About how wide a letter is. */
const letter = 6.8;

export interface Extras {
  /** What each unit of each column gives; nothing when there is no input. */
  readonly values: readonly ArrayLike<number>[] | null;
  /** Beside the units of the last column, by unit. */
  readonly labels: readonly string[] | null;
}

/** A unit that is drawn. */
interface Place {
  readonly unit: number;
  readonly y: number;
}

export function networkDrawing(
  columns: readonly UnitColumn[],
  maxUnits: number,
  { values, labels }: Extras,
): DiagramPanel {
  const tallest = Math.max(...columns.map(({ units }) => slotsOf(units, maxUnits)));
  const spacing = Math.min(widest, Math.max(closest, usualHeight / tallest));
  const diameter = Math.round(spacing * roundness);
  const height = header + tallest * spacing + margin;
  const longest = Math.max(0, ...(labels ?? []).map(({ length }) => length * letter));
  const right = Math.max(side, diameter + longest + margin);
  const step = Math.max(columnSpacing, (width - side - right) / (columns.length - 1));
  const xOf = (column: number) => side + column * step;
  const middle = header + (tallest * spacing) / 2;
  const places = columns.map(({ units }) => placesOf(units, maxUnits, middle, spacing));
  const end = xOf(columns.length - 1);
  const beside = places.at(-1)!.flatMap(({ unit, y }): Note[] => {
    const text = labels?.[unit];
    return text ? [{ ...note(end + diameter, y, text), align: 'start' }] : [];
  });
  return {
    kind: 'diagram',
    width: end + right,
    height,
    nodes: columns.flatMap((_, i) => circlesOf(places[i]!, xOf(i), diameter, values?.[i])),
    edges: edgesOf(columns, places),
    notes: [...columns.flatMap((column, i) => titlesOf(column, xOf(i), middle, maxUnits)), ...beside],
  };
}

/** Name and number of units above a column, and how many are between the first and the last. */
const titlesOf = ({ name, units }: UnitColumn, x: number, middle: number, maxUnits: number): Note[] => [
  note(x, 14, name),
  note(x, 32, `${units.toLocaleString('en-US')} ${units === 1 ? 'unit' : 'units'}`),
  ...(units > maxUnits ? [note(x, middle, `... ${(units - maxUnits).toLocaleString('en-US')} more`)] : []),
];

const note = (x: number, y: number, text: string): Note => ({ kind: 'note', x, y, text });

/** The words between first and last units take the room of two. */
const gapSlots = 2;
const slotsOf = (units: number, most: number) => (units <= most ? units : most + gapSlots);

/** The first and the last units, around the middle. */
function placesOf(units: number, most: number, middle: number, spacing: number): Place[] {
  const top = middle - (slotsOf(units, most) * spacing) / 2 + spacing / 2;
  const shown = Math.min(units, most);
  const first = units <= most ? units : Math.ceil(most / 2);
  return Array.from({ length: shown }, (_, i) => {
    const isFirst = i < first;
    const slot = isFirst ? i : i + gapSlots;
    return { unit: isFirst ? i : units - shown + i, y: top + slot * spacing };
  });
}

/**
 * Units; what lies within -1 and 1, as probabilities do, keeps its meaning, and larger values stand beside
 * the largest.
 */
function circlesOf(
  places: readonly Place[],
  x: number,
  diameter: number,
  values: ArrayLike<number> | undefined,
): DiagramNode[] {
  const most = values ? Math.max(1, largestOf(values)) : 1;
  return places.map(({ unit, y }) => {
    const circle = { x, y, width: diameter, height: diameter, shape: 'circle' as const };
    return values ? { ...circle, value: finite(values[unit]!) / most } : circle;
  });
}

/** A line for each weight between units that are drawn, the strongest last, so that they lie on top. */
function edgesOf(columns: readonly UnitColumn[], places: readonly (readonly Place[])[]): DiagramEdge[] {
  const starts = places.map((_, i) => places.slice(0, i).reduce((total, { length }) => total + length, 0));
  const edges = columns.flatMap(({ kernel, units }, column) => {
    if (!kernel) return [];
    const weights = kernel.values();
    const largest = largestOf(weights) || 1;
    return places[column - 1]!.flatMap((from, i) =>
      places[column]!.map((to, j) => {
        const weight = finite(weights[from.unit * units + to.unit]!) / largest;
        const nodes = { from: starts[column - 1]! + i, to: starts[column]! + j };
        return { ...nodes, weight };
      }),
    );
  });
  return edges.sort((a, b) => Math.abs(a.weight) - Math.abs(b.weight));
}
