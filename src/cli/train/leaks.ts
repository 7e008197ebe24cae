/** Columns that give the target away: what one column alone says of rows that it was not matched with. */

import { stratifiedFolds } from '../../data/split.js';
import type { Column } from '../../data/table.js';
import { countKinds, everyRow, textAt } from './column.js';
import { correlation, deviation, mean, mostFrequent, sum } from './numbers.js';
import type { Target } from './target.js';
import { wordFeatures } from './word-features.js';

/** `certain` columns are left out; `likely` ones are only warned of. */
export interface Leak {
  readonly degree: 'certain' | 'likely';
  readonly reason: string;
}

/**
 * The share of the error of the most frequent class that is left when the column alone answers. Measurements may come near
 * to it honestly, so less is suspected of them. Of more kinds than classes, as the odours of mushrooms, only what is
 * hardly ever wrong is left out.
 */
const limits = { certain: { copies: 0.05, finer: 0.005 }, likely: { kinds: 0.1, measured: 0.03 } } as const;

/** The share of the variance that is explained, above which one column is a copy of another in other units. */
const explainedByCopies = 0.999;

/** The share from which a number is warned of. */
const suspiciouslyExplained = 0.98;

const folds = 5;

/** What is wrong with a column, or undefined. */
export function leakOf(column: Column, target: Target): Leak | undefined {
  return target.task === 'number' ? numberLeak(column, target) : classLeak(column, target);
}

function classLeak(column: Column, target: Target): Leak | undefined {
  const { values, known } = target;
  const labels = Array.from(known, (row) => values[row]!);
  const answers = heldBack(column, labels, known, mostFrequent);
  const wrong = labels.filter((label, i) => label !== answers[i]).length;
  const most = mostFrequent(labels);
  const baseline = labels.filter((label) => label !== most).length;
  const isMeasured = column.kind === 'number' && !isEncoding(column, target);
  if (wrong > limits.likely[isMeasured ? 'measured' : 'kinds'] * baseline) return undefined;
  const right = (100 * (1 - wrong / labels.length)).toFixed(1).replace('.0', '');
  const reason = `gives '${target.column.name}' away: alone it is right in ${right} % of rows held back`;
  const isFiner = column.kind === 'text' && countKinds(column, known).length > target.classes.length + 1;
  const isCertain = !isMeasured && wrong <= limits.certain[isFiner ? 'finer' : 'copies'] * baseline;
  return { degree: isCertain ? 'certain' : 'likely', reason };
}

/** What is wrong with free text: a word of it may say the class, as `survived in boat 5` does. */
export function wordLeak(column: Column, target: Target): Leak | undefined {
  if (target.task === 'number') return undefined;
  const { names, write } = wordFeatures(column, target.known);
  const cells = new Float32Array(names.length * column.values.length);
  const rows = everyRow(column.values.length);
  for (const row of rows) write(column, row, cells, row * names.length);
  const leaks = names.flatMap((name, i) => {
    const values = Array.from(rows, (row) => String(cells[row * names.length + i]));
    const leak = classLeak({ name: column.name, kind: 'text', values, missing: 0 }, target);
    return leak ? [{ ...leak, reason: `has the word '${name}', which ${leak.reason}` }] : [];
  });
  return leaks.find(({ degree }) => degree === 'certain') ?? leaks[0];
}

/**
 * Whether numbers stand for classes: there are hardly more of them than classes, or they differ within a class hardly at
 * all. Other numbers may be measurements that tell the classes apart honestly, as the length of a petal does.
 */
function isEncoding(column: Column, { values, known, classes }: Target): boolean {
  const given = known.filter((row) => !Number.isNaN(column.values[row] as number));
  const numbers = Float64Array.from(given, (row) => column.values[row] as number);
  if (new Set(numbers).size <= classes.length + 1) return true;
  const middles = classes.map((_, i) => mean(numbers.filter((_, at) => values[given[at]!] === i)));
  const within = numbers.map((value, at) => value - middles[values[given[at]!]!]!);
  return deviation(within) ** 2 < (1 - explainedByCopies) * deviation(numbers) ** 2;
}

function numberLeak(column: Column, { values, known, column: { name } }: Target): Leak | undefined {
  const wanted = Array.from(known, (row) => values[row]!);
  const answers = heldBack(column, wanted, known, mean);
  const middle = mean(wanted);
  const left = sum(wanted.map((value, i) => (value - answers[i]!) ** 2));
  const explained = 1 - left / sum(wanted.map((value) => (value - middle) ** 2));
  const straight =
    column.kind === 'text'
      ? 0
      : Math.abs(
          correlation(
            Array.from(known, (row) => column.values[row]!),
            wanted,
          ),
        );
  if (explained > explainedByCopies || straight > explainedByCopies)
    return { degree: 'certain', reason: `gives '${name}' away: it is the same in other units` };
  const share = Math.max(explained, straight ** 2);
  if (share <= suspiciouslyExplained) return undefined;
  return {
    degree: 'likely',
    reason: `gives '${name}' away: alone it explains ${(100 * share).toFixed(1)} % of it`,
  };
}

/** For each known row what the rows of the other folds with the same value, or the nearest, say. */
function heldBack(
  column: Column,
  wanted: readonly number[],
  known: Int32Array,
  agree: (values: readonly number[]) => number,
): Float64Array {
  const answers = new Float64Array(known.length);
  for (const { train, test } of stratifiedFolds(wanted, folds)) {
    const groups = new Map<string | null, number[]>();
    for (const i of train) {
      const value = textAt(column, known[i]!);
      const group = groups.get(value);
      if (group) group.push(wanted[i]!);
      else groups.set(value, [wanted[i]!]);
    }
    const said = new Map([...groups].map(([value, members]) => [value, agree(members)]));
    const other = agree(Array.from(train, (i) => wanted[i]!));
    const near = column.kind === 'number' ? nearestOf(said) : undefined;
    for (const i of test) {
      const value = textAt(column, known[i]!);
      answers[i] = said.get(value) ?? (value === null ? other : (near?.(Number(value)) ?? other));
    }
  }
  return answers;
}

/** What is said of the nearest number. */
function nearestOf(said: ReadonlyMap<string | null, number>): (value: number) => number | undefined {
  const values = Float64Array.from(
    [...said.keys()].filter((key) => key !== null),
    Number,
  ).sort();
  return (value) => {
    let [low, high] = [0, values.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (values[middle]! < value) low = middle + 1;
      else high = middle;
    }
    const below = values[low - 1] ?? Number.NEGATIVE_INFINITY;
    const nearest = value - below < values[low]! - value ? below : values[low]!;
    return said.get(String(nearest));
  };
}
