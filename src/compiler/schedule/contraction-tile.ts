/** The inner loop of a contraction: a tile of sums that stay in registers while k passes by. */
import {
  apply,
  bind,
  constant,
  fetchLine,
  get,
  load,
  loop,
  type Procedure,
  plus,
  type Statement,
  set,
  splat,
  store,
} from '../../loops/nest.js';
import { type Ending, finish } from './contraction-ending.js';

/** Strides in bytes: of `a` from row to row and from k to k, of `b` from k to k, of the sums from row to row. */
export interface Tile {
  readonly name: string;
  /** The addresses of `a`, `b`, the sums where there are any in memory, and the arrays of the ending. */
  readonly params: readonly string[];
  readonly rows: number;
  readonly columns: number;
  /** Products of a sum. */
  readonly depth: number;
  readonly a: { readonly row: number; readonly k: number };
  /** Products between two requests for lines of the next tile's rows; 0 when there are none. */
  readonly ahead: number;
  readonly b: number;
  readonly out: number;
  /** Whether the sums are added to what is there. */
  readonly adds: boolean;
  /** What becomes of the sums; they are stored if there is none. */
  readonly ending: Ending | undefined;
}

/** `rows` by `columns` sums, each in order of k. */
export function tileProcedure(tile: Tile, lanes: number): Procedure {
  const { name, params, rows, columns, depth, a, b, ahead, out, adds, ending } = tile;
  const width = Math.ceil(columns / lanes);
  const cells = Array.from({ length: rows * width }, (_, i) => ({
    sum: `sum${i}`,
    row: Math.floor(i / width),
    vector: i % width,
  }));
  const ends = cells.flatMap(({ sum, row, vector }) => {
    const at = plus('out', row * out + 4 * vector * lanes);
    const count = Math.min(lanes, columns - vector * lanes);
    const total = adds ? apply('add', load(at, lanes, 'float32'), get(sum)) : get(sum);
    return ending
      ? finish(ending, total, { row, column: vector * lanes, count })
      : [store(at, total, 'float32', count)];
  });
  // One k: a column of `a` times a row of `b`.
  const turn: Statement[] = [];
  for (let v = 0; v < width; v++) turn.push(set(`b${v}`, load(plus('b', 4 * v * lanes), lanes, 'float32')));
  for (const { sum, row, vector } of cells) {
    if (vector === 0) turn.push(set('x', splat(plus('a', row * a.row), 'float32')));
    turn.push(set(sum, apply('fma', get('x'), get(`b${vector}`), get(sum))));
  }
  const products = (count: number) => [
    bind('end', plus('b', count * b)),
    loop('b', ['b', 'end', b], turn, [['a', a.k]]),
  ];
  const body = [
    ...cells.map(({ sum }) => set(sum, constant(0, 'float'))),
    ...(ahead > 0 && depth % ahead === 0
      ? [loop('piece', [0, depth / ahead, 1], [...nextRows(tile), ...products(ahead)])]
      : products(depth)),
    ...ends,
  ];
  return { name, params, body };
}

/** Asks for a line of each row of the tile below. */
const nextRows = ({ rows, a }: Tile): Statement[] =>
  Array.from({ length: rows }, (_, row) => fetchLine(plus('a', (rows + row) * a.row)));
