/** Schedules as short readable text. */
import type { Fold } from '../../loops/expression.js';
import { formulasOf, readsOf } from '../../loops/kernel.js';
import { type Group, isIn, merge } from '../../loops/layout.js';
import type { Machine } from '../../loops/machine.js';
import type { ContractionSchedule } from './contraction.js';
import { indicesIn } from './indices.js';
import type { MapSchedule } from './map.js';
import { copiesOf } from './map-nest.js';
import { blockSize, foldsIn, isFloatSum, runsAlong } from './rows.js';
import { type Schedule, schedule } from './schedule.js';

export function printSchedule(s: Schedule, machine: Machine): string {
  if (s.form === 'body') return s.body.print(s.kernel, (k) => printSchedule(schedule(k, machine), machine));
  return s.form === 'contraction' ? printContraction(s) : printMap(s, machine);
}

const namesOf = ({ axes, size }: Group): string => `${axes.map((a) => a.name).join(' ')} < ${size}`;

function printMap({ kernel, outer, vector, sequential }: MapSchedule, machine: Machine): string {
  const loops = outer.map((g) => `  for ${namesOf(g)}${isIn(g, sequential) ? ', in order' : ''}`);
  const inner = vector
    ? [`  for ${namesOf(vector)}, ${copiesOf(kernel, vector, machine)} vectors a turn`]
    : [];
  const folds = foldsIn(formulasOf(kernel)).map((f) => `  ${printFold(f, vector, machine)}`);
  return [`${kernel.name}: map`, ...loops, ...inner, ...folds].join('\n');
}

function printFold(f: Fold, vector: Group | undefined, machine: Machine): string {
  const groups = merge(f.axes, indicesIn([f.body]));
  const head = `${f.by} over ${groups.map(namesOf).join(', ') || 'one element'}`;
  if (!(vector && isIn(vector, f.free)) && runsAlong(f, groups, machine.lanes))
    return `${head}, a vector at a time`;
  return `${head}, ${isFloatSum(f) ? order[f.order] : 'one by one'}`;
}

const order = {
  sequence: 'one by one',
  lanes: 'one by one into 16 lanes',
  blocks: `in blocks of ${blockSize}`,
};

const gathers = { none: 'in place', 'along k': 'rows copied', 'along m': 'columns copied' };
const packs = {
  none: 'in place',
  rows: 'copied by rows',
  transpose: 'transposed',
};

function printContraction(s: ContractionSchedule): string {
  const { kernel, m, n, k, a, b, batch, tile, mBlock, ending, then, split } = s;
  const read = ending
    ? [...ending.reads.keys()].map((load) => load.buffer.name)
    : then
      ? [...readsOf(then.kernel)]
      : [];
  const others = [...new Set(read)].filter((name) => name !== s.out.buffer.name || ending);
  const from = others.length > 0 ? ` with ${others.join(', ')}` : '';
  return [
    `${kernel.name}: contraction ${m} x ${n}, ${k} deep`,
    ...batch.map((axis) => `  for ${axis.name} < ${axis.size}`),
    `  a ${a.layout.buffer.name}: ${gathers[s.gather]}, blocks of ${Math.min(m, mBlock)} rows`,
    `  b ${b.layout.buffer.name}: ${packs[s.pack]}${s.packsLate ? ' just before use' : ''}, panels of ${tile.columns} columns`,
    `  tiles of ${tile.rows} x ${tile.columns}, k in blocks of ${Math.min(k, blockSize)}`,
    ...(ending ? [`  tiles end in the result${from}`] : []),
    ...(then ? [`  then the result of all sums${from}`] : []),
    ...(split ? [`  threads share the ${split}`] : []),
  ].join('\n');
}
