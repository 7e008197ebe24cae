/** The stages by which the steps of a network become programs: a list of them, or the text of one. */

import { problem } from '../../core/errors.js';
import { list, nearest } from '../../core/text.js';
import { explain } from '../../models/explain.js';
import type { Options, Values } from '../arguments.js';
import { aligned, count } from '../train/text-table.js';
import { networks } from './networks.js';

export const explainOptions = {
  stage: { value: 'NAME', doc: 'The stage of a network to print; `all` prints them one after another.' },
  batch: { value: 'N', integer: { min: 1, max: 4096 }, doc: 'Examples in a step. Default: 32.' },
} as const satisfies Options;

interface Stage {
  /** `training step` or `prediction`. */
  readonly step: string;
  readonly name: string;
  readonly text: string;
}

/** Throws a ConfigError for an unknown stage, with the nearest name. */
export function explainNetwork(name: string, { stage, batch }: Values<typeof explainOptions>): string {
  const model = networks[name]!.make();
  const stages = stagesOf(explain(model, batch === undefined ? {} : { batchSize: batch }));
  if (stage === undefined) return overview(name, stages);
  const chosen = stage === 'all' ? stages : stages.filter((other) => other.name === stage.toLowerCase());
  if (chosen.length === 0) throw unknownStage(stage, [...new Set(stages.map((other) => other.name))]);
  return chosen.map((one) => `== ${name}: ${one.step}, ${one.name} ==\n${one.text}`).join('\n\n');
}

/** Sections of the text of `explain`, which each begin with a line such as `== mlp: training step, graph ==`. */
function stagesOf(text: string): Stage[] {
  return text
    .split(/\n*^== .*?: (?=[\w ]+, .* ==$)/m)
    .slice(1)
    .map((section) => {
      const end = section.indexOf('\n');
      const [step, name] = section.slice(0, end).replace(/ ==$/, '').split(', ') as [string, string];
      return { step, name, text: section.slice(end + 1) };
    });
}

function overview(name: string, stages: readonly Stage[]): string {
  const rows = stages.map(({ step, name: stage, text }) => [
    `  ${step}`,
    stage,
    count(text.split('\n').length),
  ]);
  return [
    `${name}: ${networks[name]!.text}. Its stages, in order:`,
    '',
    aligned([['  of the', 'stage', 'lines'], ...rows], 'llr'),
    '',
    `Print one: myelin explain ${name} --stage ${stages.at(-1)!.name}`,
  ].join('\n');
}

function unknownStage(stage: string, known: readonly string[]) {
  const guess = nearest(stage, known);
  return problem('option-value', {
    subject: 'myelin explain',
    expected: `--stage to be ${list([...known, 'all'])}`,
    received: `'${stage}'`,
    fix: guess === undefined ? 'Leave --stage out for the list of stages.' : `Write --stage "${guess}".`,
  });
}
