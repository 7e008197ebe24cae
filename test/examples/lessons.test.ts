import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Entry, type Example, examples } from '../../src/cli/examples.js';
import { myelin } from '../cli/surroundings.js';

/**
 * The last number of each lesson in its small setting: a little wider than what seeds 0 to 2 gave. Those that have no small
 * setting run as they are.
 */
const figures: Readonly<Record<string, readonly [low: number, high: number]>> = {
  perceptron: [1, 1],
  'backprop-by-hand': [0, 1e-6],
  'learning-rates': [0.1, 0.5],
  'weight-height': [0.65, 0.95],
  titanic: [0.76, 0.82],
  'digits-16-16-10': [0.85, 0.92],
  'fashion-mlp': [0.62, 0.82],
  'fashion-cnn': [0.6, 0.8],
  overfitting: [0.45, 0.65],
  regression: [0.95, 0.99],
  autoencoder: [0.48, 0.57],
  'denoise-colorize': [0.25, 0.5],
  'cell-images': [0.7, 1],
  'this-or-not': [0.57, 0.9],
  'cnn-filters': [0.65, 0.9],
  characters: [0.18, 0.28],
  kmeans: [240, 340],
  'train-generator': [0.8, 0.9],
};

const loaded = new Map<string, Example>();
for (const [name, entry] of Object.entries<Entry>(examples)) loaded.set(name, await entry.load());

/** Lessons draw; an example with a small setting is one. */
const isLesson = (name: string) => 'small' in loaded.get(name)!.options;

async function lastLine(name: string, ...words: string[]): Promise<string> {
  const { lines, errors, code } = await myelin(['example', name, ...words]);
  expect([errors, code]).toEqual([[], 0]);
  return lines.at(-1)!;
}

const numberAtEnd = (line: string) => Number(/ (-?\d+(?:\.\d+)?)$/.exec(line)?.[1]);
const newFolder = () => mkdtempSync(join(tmpdir(), 'lessons-'));

describe('every lesson', () => {
  test.for(Object.keys(examples))('%s ends with the figure that it should', async (name) => {
    const out = newFolder();
    const line = await lastLine(name, ...(isLesson(name) ? ['--small', '--out', out] : []));
    expect(figures, `a row of figures for ${name}`).toHaveProperty([name]);
    const [low, high] = figures[name]!;
    expect(numberAtEnd(line), line).toBeGreaterThanOrEqual(low);
    expect(numberAtEnd(line), line).toBeLessThanOrEqual(high);
    if (isLesson(name)) expectPicture(join(out, `${name}.svg`));
  });

  test('has a row of figures, and no row is left over', () => {
    expect(Object.keys(figures).sort()).toEqual(Object.keys(examples).sort());
  });
});

/** Each element is closed where it should be, and nothing in it is no number. */
function expectPicture(file: string): void {
  const svg = readFileSync(file, 'utf8');
  expect(svg.length).toBeGreaterThan(500);
  const open: string[] = [];
  for (const [, closing, name, single] of svg.matchAll(
    /<(\/?)([a-zA-Z][\w:-]*)(?:"[^"]*"|[^"<>])*?(\/?)>/g,
  )) {
    if (closing) expect(open.pop()).toBe(name);
    else if (!single) open.push(name!);
  }
  expect(open).toEqual([]);
  expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  expect(svg).not.toMatch(/\b(?:NaN|undefined)\b/);
}

test('the same seed gives the same last line, another seed another', async () => {
  const run = (seed: string) => lastLine('kmeans', '--small', '--out', newFolder(), '--seed', seed);
  const first = await run('1');
  expect(await run('1')).toBe(first);
  expect(await run('2')).not.toBe(first);
});

test('each file of examples has at most 80 lines of lesson', () => {
  const lessons = readdirSync('examples').filter((file) => isLessonFile(file));
  expect(lessons.length).toBeGreaterThan(10);
  const long = lessons.filter(
    (file) => readFileSync(join('examples', file), 'utf8').trimEnd().split('\n').length > 80,
  );
  expect(long).toEqual([]);
});

const isLessonFile = (file: string) => file.endsWith('.ts') && loaded.has(file.slice(0, -3));
