/** Where the command writes, looked at before any work starts. */

import { realpath, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { problem } from '../../core/errors.js';
import { command, reportName, type TrainSettings } from './options.js';

export interface Places {
  readonly predictions: string;
  readonly report: string;
}

/** Throws a ConfigError where a result would take the place of an input or of the other result, or has no folder. */
export async function placesOf({ data, test, out, report }: TrainSettings): Promise<Places> {
  const places = { predictions: out, report: report ?? join(dirname(out), reportName) };
  const inputs = [data, ...(test === undefined ? [] : [test])];
  const taken = new Set(await Promise.all(inputs.map(sameFile)));
  const results = [
    ['--out', places.predictions],
    ['--report', places.report],
  ] as const;
  for (const [option, place] of results) {
    const file = await sameFile(place);
    if (taken.has(file))
      throw wrongPlace(`another file after ${option}`, `'${place}', which is read or written too`);
    if (await isFolder(file)) throw wrongPlace(`a file after ${option}`, `the folder '${place}'`);
    if (!(await isFolder(dirname(file))))
      throw wrongPlace(`a folder that is there for ${option}`, `'${place}'`);
    taken.add(file);
  }
  return places;
}

/** One name for a file, whether a link or `./` leads there; of one that is not there yet, in its folder. */
async function sameFile(place: string): Promise<string> {
  const whole = resolve(place);
  const inFolder = () =>
    realpath(dirname(whole)).then(
      (folder) => join(folder, whole.slice(dirname(whole).length)),
      () => whole,
    );
  return realpath(whole).catch(inFolder);
}

const isFolder = (place: string) =>
  stat(place).then(
    (found) => found.isDirectory(),
    () => false,
  );

const wrongPlace = (expected: string, received: string) =>
  problem('option-value', { subject: command, expected, received, fix: 'Give the path of a new file.' });
