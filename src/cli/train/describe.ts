/** What the command says, as text. */

import { classificationReport } from '../../estimators/scores/classification-report.js';
import { confusionMatrix } from '../../estimators/scores/confusion-matrix.js';
import { meanAbsoluteError } from '../../estimators/scores/regression-scores.js';
import type { Assessment } from './assess.js';
import type { Loaded } from './load.js';
import type { PlannedColumn } from './plan.js';
import { type Answers, decided, measureName, wantedOf } from './scores.js';
import type { Target } from './target.js';
import { aligned, count, counted, short } from './text-table.js';

/** What was read, what each column was taken for, and what is left out. */
export function describeTable(loaded: Loaded): string {
  const { table, target, planned } = loaded;
  const without = table.rows - target.known.length;
  const notes = noteRows(planned);
  return [
    `${table.name}: ${counted(table.rows, 'row')}, ${counted(table.columns.length, 'column')}`,
    `${target.column.name} is to be predicted: ${targetText(target)}`,
    ...(without > 0
      ? [`${counted(without, 'row')} without a value in ${target.column.name} cannot be learned from.`]
      : []),
    '',
    ...loaded.notes.map((note) => `${table.name} ${note}`),
    ...(loaded.notes.length > 0 ? [''] : []),
    aligned(columnRows(loaded), 'llrr'),
    ...(notes.length > 0
      ? [
          '',
          'Left out, or to think about:',
          aligned(
            notes.map(([name, ...rest]) => [`  ${name}`, ...rest]),
            'lll',
          ),
        ]
      : []),
  ].join('\n');
}

/** How good it is, against what looks at nothing, and what it looks at. */
export function describeScores(target: Target, assessment: Assessment, folds: number): string {
  const scores = scoreRows(target, assessment);
  return [
    `\n${folds === 1 ? 'On the rows held back' : `Mean of ${folds} folds`}`,
    aligned(scores, `l${'r'.repeat(scores[0]!.length - 1)}`),
    '',
    ...(target.task === 'classes' ? [classText(target, assessment.answers), ''] : []),
    aligned(importanceRows(target, assessment), 'lr'),
  ].join('\n');
}

/** How the rows are spread over the classes, or the range of the numbers. */
export function targetText({ task, classes, values, known }: Target): string {
  const wanted = Float64Array.from(known, (row) => values[row]!);
  if (task === 'number')
    return `a number from ${short(wanted.reduce((a, b) => Math.min(a, b)))} to ${short(wanted.reduce((a, b) => Math.max(a, b)))}`;
  const rows = classes.map((name, i) => `${name} (${count(wanted.filter((value) => value === i).length)})`);
  const shown = rows.length > 8 ? [...rows.slice(0, 7), `${rows.length - 7} others`] : rows;
  return `one of ${classes.length} classes: ${shown.join(', ')}`;
}

/** One line for each column, with what it was taken for. */
export function columnRows({ table, target, planned }: Loaded): string[][] {
  const rows = table.columns.map((column) => {
    const found = planned.find((other) => other.column === column);
    const kinds = found ? count(found.kinds) : target.task === 'classes' ? count(target.classes.length) : '';
    return [column.name, found ? roleText(found) : 'target', kinds, count(column.missing)];
  });
  return [['column', 'taken for', 'kinds', 'missing'], ...rows];
}

const roleText = ({ role, uses }: PlannedColumn) =>
  uses.length === 0 && role !== 'constant' && role !== 'all missing' ? `${role}, left out` : role;

/** What is left out or warned of: the column, why, and the option that decides otherwise. */
export const noteRows = (planned: readonly PlannedColumn[]): string[][] =>
  planned.flatMap(({ column, note, option }) =>
    note === undefined
      ? []
      : [
          [
            column.name,
            note,
            option === undefined
              ? ''
              : `${option} ${option.startsWith('--keep') ? 'uses it' : 'leaves it out'}`,
          ],
        ],
  );

/** The scores beside those that look at nothing. */
export function scoreRows(
  target: Target,
  { score, baseline, answers, plainAnswers }: Assessment,
): string[][] {
  if (target.task === 'classes') {
    const most = target.classes[decided(plainAnswers.said, target.classes.length)[0]!];
    return [
      ['', 'accuracy'],
      [`always '${most}'`, baseline.toFixed(3)],
      ['the networks', score.toFixed(3)],
    ];
  }
  const error = (given: Answers) => short(meanAbsoluteError(wantedOf(target, given.rows), given.said));
  return [
    ['', measureName(target), 'mean absolute error'],
    ['always the mean', baseline.toFixed(3), error(plainAnswers)],
    ['the networks', score.toFixed(3), error(answers)],
  ];
}

/** True and predicted classes, as their names. */
export function labelsOf(target: Target, { rows, said }: Answers): [wanted: string[], given: string[]] {
  const names = (numbers: Float64Array) => Array.from(numbers, (number) => target.classes[number]!);
  return [names(wantedOf(target, rows)), names(decided(said, target.classes.length))];
}

export const confusionOf = (target: Target, answers: Answers): number[][] =>
  confusionMatrix(...labelsOf(target, answers), { labels: target.classes }).toArray() as number[][];

/** Too many classes for a terminal are left to the page. */
const mostShown = 12;

export function classText(target: Target, answers: Answers): string {
  if (target.classes.length > mostShown)
    return `${counted(target.classes.length, 'class')}: see the report for which is taken for which.`.replace(
      'classs',
      'classes',
    );
  const rows = confusionOf(target, answers).map((row, i) => [`  ${target.classes[i]}`, ...row.map(count)]);
  const head = ['true, predicted:', ...target.classes];
  return `${aligned([head, ...rows], `l${'r'.repeat(target.classes.length)}`)}\n\n${classificationReport(...labelsOf(target, answers)).trimEnd()}`;
}

/** The columns by what mixing their cells costs. */
export function importanceRows(target: Target, { importance }: Assessment, most = 12): string[][] {
  const sorted = [...importance].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const rows = sorted.slice(0, most).map(([name, loss]) => [`  ${name}`, loss.toFixed(3)]);
  return [['column, its cells mixed:', `loss of ${measureName(target)}`], ...rows];
}
