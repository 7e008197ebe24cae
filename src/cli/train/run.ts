/** The whole command: read, say what was read, score, train on all of it, predict, report. */

import type { Surroundings } from '../surroundings.js';
import { type Asked, readAsked } from './asked.js';
import { type Assessment, assess } from './assess.js';
import { everyRow } from './column.js';
import { describeScores, describeTable } from './describe.js';
import { type Loaded, load } from './load.js';
import { type TrainSettings, trainSettings } from './options.js';
import { choiceText, type Outcome } from './outcome.js';
import { writePage } from './page.js';
import { placesOf } from './places.js';
import { cellsOf, type NamedTexts, predictedTexts, writePredictions } from './predictions.js';
import { type Choice, fitChosen, isSmall, type Job, type Predictor } from './predictor.js';
import { checkFolds, measure, measureName } from './scores.js';
import { knownIn } from './target.js';
import { counted } from './text-table.js';
import { watchers } from './watchers.js';

/** Runs `myelin train` with these words. Throws our errors for what cannot be done, before anything is trained. */
export async function train(words: readonly string[], surroundings: Surroundings): Promise<void> {
  const settings = trainSettings(words);
  const places = await placesOf(settings);
  const loaded = await load(settings);
  const { target, planned } = loaded;
  const folds = settings.folds ?? (isSmall(target.known.length) ? 5 : 1);
  checkFolds(folds, loaded.table, target);
  const asked = settings.test === undefined ? undefined : await readAsked(settings.test, loaded, settings);
  const { write, signal } = surroundings;
  write(describeTable(loaded));
  for (const note of asked?.notes ?? []) write(`${asked!.table.name} ${note}`);

  const { epochs, seed } = settings;
  const job: Job = { planned, target, columnOf: (name) => loaded.table.column(name), epochs, seed, signal };
  const assessment = await scored(job, folds, surroundings);
  const predictor = await trainedOnAll(job, assessment.choice, surroundings);
  write(describeScores(target, assessment, folds));

  const answered = asked && (await answersTo(asked, loaded, predictor));
  const predictions = answered?.predictions ?? heldBack(loaded, assessment);
  await writePredictions(places.predictions, predictions);
  write(`\nPredictions: ${places.predictions} (${wroteText(predictions, asked, settings)})`);
  const score = answered?.score;
  if (score !== undefined)
    write(
      `${asked!.table.name} has ${target.column.name} itself: ${measureName(target)} ${score.toFixed(3)} on it.`,
    );
  const outcome: Outcome = {
    ...loaded,
    settings,
    folds,
    assessment,
    predictor,
    predictions,
    asked: asked && { ...asked, score },
  };
  await writePage(places.report, outcome);
  write(`Report: ${places.report}`);
  write(`\n${measureName(target)} ${assessment.score.toFixed(2)}`);
}

async function scored(job: Job, folds: number, { write }: Surroundings): Promise<Assessment> {
  const how =
    folds === 1
      ? 'A fifth of the rows is held back'
      : `${folds} folds, each tested by networks that never saw it`;
  write(`\n${how}.`);
  const measured = measureName(job.target);
  return assess(job, folds, ({ part, score, rows, choice }) =>
    write(
      `  ${folds === 1 ? '' : `fold ${part}  `}${measured} ${score.toFixed(3)} on ${counted(rows, 'row')}  (${choiceText(choice)})`,
    ),
  );
}

async function trainedOnAll(job: Job, choice: Choice, surroundings: Surroundings): Promise<Predictor> {
  const { write } = surroundings;
  write(`\nTraining on all ${counted(job.target.known.length, 'row')}: ${choiceText(choice)}.`);
  const predictor = await fitChosen(job, job.target.known, choice, watchers(surroundings));
  const [first, ...others] = predictor.networks;
  first!.model.summary({ printFn: write });
  if (others.length > 0)
    write(`${others.length + 1} such networks, each stopped by other rows, answer together.`);
  return predictor;
}

/** What is predicted for the second table, and how good it is where the table has the answers. */
async function answersTo({ table, columnOf }: Asked, { target, names }: Loaded, predictor: Predictor) {
  const rows = everyRow(table.rows);
  const said = await predictor.predict(columnOf, rows);
  const id = names && columnOf(names.name);
  const hasId = id !== undefined && id.missing < table.rows;
  const predictions: NamedTexts = [
    ...(hasId ? [[names!.name, cellsOf(id, rows)] as const] : []),
    [target.column.name, predictedTexts(target, said)],
  ];
  const checked = knownIn(target, columnOf(target.column.name), table.rows);
  if (checked.known.length < 2) return { predictions, score: undefined };
  const width = Math.max(1, target.classes.length);
  const part = Float64Array.from(
    [...checked.known].flatMap((row) => [...said.subarray(row * width, (row + 1) * width)]),
  );
  return { predictions, score: measure(checked, { rows: checked.known, said: part }) };
}

/** Without a second table: what the folds said of each row while it was held back. */
function heldBack({ target, names }: Loaded, { answers }: Assessment): NamedTexts {
  const texts = predictedTexts(target, answers.said);
  const order = everyRow(texts.length).sort((a, b) => answers.rows[a]! - answers.rows[b]!);
  const rows = order.map((i) => answers.rows[i]!);
  return [
    ...(names ? [[names.name, cellsOf(names, rows)] as const] : []),
    [target.column.name, cellsOf(target.column, rows)],
    ['predicted', Array.from(order, (i) => texts[i]!)],
  ];
}

function wroteText(predictions: NamedTexts, asked: Asked | undefined, { test }: TrainSettings): string {
  const rows = counted(predictions[0]![1].length, 'row');
  return asked ? `${rows} of ${test}` : `${rows}, each predicted while it was held back`;
}
