/** The report: one page that needs nothing beside it. */

import { writeFile } from '../../data/files.js';
import { classificationReport } from '../../estimators/scores/classification-report.js';
import { plotBars } from '../../plot/charts/bars.js';
import { plotConfusion } from '../../plot/charts/confusion.js';
import { plotHistory } from '../../plot/charts/history.js';
import { plotPredictions } from '../../plot/charts/predictions.js';
import {
  columnRows,
  confusionOf,
  importanceRows,
  labelsOf,
  noteRows,
  scoreRows,
  targetText,
} from './describe.js';
import { escaped, htmlTable, paragraph, section } from './markup.js';
import { command } from './options.js';
import { choiceText, type Outcome, testedText } from './outcome.js';
import { pageStyle } from './page-style.js';
import { isUsed } from './plan.js';
import { measureName, wantedOf } from './scores.js';
import { count, counted, short } from './text-table.js';

/** Larger matrices and longer lists cannot be read. */
const [mostClasses, mostColumns, mostSamples, mostPoints] = [20, 20, 10, 2000];

/** Writes the page whole or not at all. */
export const writePage = (file: string, outcome: Outcome): Promise<void> =>
  writeFile(command, file, new TextEncoder().encode(pageOf(outcome)));

/** The page as text. The same job gives the same text. */
export function pageOf(outcome: Outcome): string {
  const { table, target } = outcome;
  const title = `${target.column.name} from ${table.name}`;
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(title)}</title><style>${pageStyle}</style></head><body><main>`,
    `<h1>${escaped(title)}</h1>`,
    paragraph(
      `${counted(table.rows, 'row')}, ${counted(table.columns.length, 'column')}. ${target.column.name} is ${targetText(target)}.`,
      'faint',
    ),
    scoreTiles(outcome),
    columnSection(outcome),
    section('How it trained', ...training(outcome)),
    section(
      target.task === 'classes' ? 'Which class is taken for which' : 'Predicted against true',
      answered(outcome),
    ),
    section('What it looks at', importance(outcome)),
    samples(outcome),
    section('How to make it again', paragraph(againText(outcome), 'faint')),
    '</main></body></html>',
    '',
  ].join('\n');
}

function scoreTiles({ target, assessment, folds, asked }: Outcome): string {
  const tile = (value: number, text: string, kind = '') =>
    `<div${kind && ` class="${kind}"`}><b>${value.toFixed(3)}</b><span>${escaped(text)}</span></div>`;
  const name = measureName(target);
  const plain = scoreRows(target, assessment)[1]![0]!;
  return `<div class="score">${[
    tile(assessment.score, `${name}, ${testedText({ folds })}`, 'main'),
    tile(assessment.baseline, `${name}, ${plain}`),
    ...(asked?.score === undefined ? [] : [tile(asked.score, `${name} on ${asked.table.name}`)]),
  ].join('')}</div>`;
}

function columnSection(outcome: Outcome): string {
  const notes = noteRows(outcome.planned);
  return [
    section('Columns', htmlTable(columnRows(outcome), 'llrr')),
    section(
      'Left out, or to think about',
      notes.length > 0 ? htmlTable([['column', 'why', 'otherwise'], ...notes], 'lll') : '',
      ...outcome.notes.map((note) => paragraph(`${outcome.table.name} ${note}`, 'warn')),
      ...(outcome.asked?.notes ?? []).map((note) =>
        paragraph(`${outcome.asked!.table.name} ${note}`, 'warn'),
      ),
    ),
  ].join('\n');
}

function training({ target, assessment, predictor, folds }: Outcome): string[] {
  const parts = assessment.scores.map((score, i) => [`fold ${i + 1}`, score.toFixed(3)]);
  const lines: string[] = [];
  predictor.networks[0]!.model.summary({ printFn: (text) => lines.push(text) });
  const many = predictor.networks.length;
  return [
    paragraph(
      `Chosen on rows kept apart: ${choiceText(predictor.choice)}. ${many > 1 ? `${many} such networks answer together; the curves are those of the first.` : ''}`,
    ),
    plotHistory(predictor.networks[0]!.history).svg(),
    `<pre>${escaped(lines.join('\n'))}</pre>`,
    folds === 1 ? '' : htmlTable([['', measureName(target)], ...parts], 'lr'),
  ];
}

function answered({ target, assessment: { answers } }: Outcome): string {
  if (target.task === 'number') {
    const shown = { rows: answers.rows.slice(0, mostPoints), said: answers.said.slice(0, mostPoints) };
    return plotPredictions(Array.from(wantedOf(target, shown.rows)), Array.from(shown.said)).svg();
  }
  const report = `<pre>${escaped(classificationReport(...labelsOf(target, answers)).trimEnd())}</pre>`;
  if (target.classes.length > mostClasses) return report;
  return plotConfusion(confusionOf(target, answers), { classes: target.classes }).svg() + report;
}

function importance({ target, assessment }: Outcome): string {
  const [, ...rows] = importanceRows(target, assessment, mostColumns);
  const losses = Object.fromEntries(rows.map(([name, loss]) => [name!.trim(), Number(loss)]));
  const text = `Each bar is how much ${measureName(target)} falls on rows held back when the cells of that column are mixed.`;
  return rows.length === 0
    ? ''
    : `${paragraph(text)}${plotBars(losses, { xLabel: `loss of ${measureName(target)}` }).svg()}`;
}

function samples({ predictions, asked, settings }: Outcome): string {
  const rows = predictions[0]![1]
    .slice(0, mostSamples)
    .map((_, row) => predictions.map(([, cells]) => cells[row]!));
  const where = asked
    ? `The first of ${count(asked.table.rows)} in ${settings.out}.`
    : `Predicted while held back; all are in ${settings.out}.`;
  return section(
    'Predictions',
    paragraph(where, 'faint'),
    htmlTable([predictions.map(([name]) => name), ...rows], ''),
  );
}

function againText({ settings, planned, predictor }: Outcome): string {
  const used = planned.filter(isUsed).length;
  const numbers = predictor.features.parts.reduce((total, { names }) => total + names.length, 0);
  return `${counted(used, 'column')} in use become ${count(numbers)} numbers a row. Seed ${settings.seed}, at most ${short(settings.epochs)} epochs: the same table and seed give the same answers.`;
}
