/** Everything that `docs/adding.md` claims: its diffs fit today's sources, and what they add works. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withChecks } from '../docs/values.js';
import { apply, changedCopy, copyOfSources, diffs, filesOf, uses, writeUses } from './changes.js';
import { compileErrors, type LawResult, runAll, runLaws } from './run.js';

const filesUnder = (section: string) => diffs.filter((diff) => diff.section === section).map(filesOf);

let folder = '';
let untouched = '';
beforeAll(() => {
  untouched = copyOfSources();
  folder = changedCopy();
});
afterAll(() => {
  for (const copy of [untouched, folder]) rmSync(copy, { recursive: true, force: true });
});

describe('a change of docs/adding.md', () => {
  test.each(diffs.map((diff) => [filesOf(diff).join(', '), diff] as const))(
    'to %s fits by itself',
    (_, diff) => {
      expect(apply(diff, untouched, '--check')).toBe('');
    },
  );

  test('that adds an operation touches one file, and its method another', () => {
    expect(filesUnder('An operation')).toEqual([['src/ops/unary.ts'], ['src/tensor/tensor.ts']]);
    const added = diffs[1]!.code.split('\n').filter((line) => /^\+(?!\+)/.test(line));
    expect(added).toEqual(['+  softsign(): Tensor { return ops.softsign(this); }']);
  });

  test('that adds an activation or a loss touches one file', () => {
    expect(filesUnder('An activation')).toEqual([['src/nn/activations.ts']]);
    expect(filesUnder('A loss')).toEqual([['src/nn/losses.ts']]);
  });

  test('that adds a layer touches one file and its export line', () => {
    expect(filesUnder('A layer')).toEqual([['src/layers/scale.ts', 'src/index.ts']]);
  });

  test('that adds an optimizer or a backend touches one file, its row and its export line', () => {
    const own = 'src/nn/optimizers/sign-descent.ts';
    expect(filesUnder('An optimizer')).toEqual([[own, 'src/nn/optimizers/table.ts', 'src/index.ts']]);
    expect(filesUnder('A backend')).toEqual([['src/backends/narrow/narrow.ts', 'src/backends/choose.ts']]);
  });
});

describe('what docs/adding.md adds', () => {
  test('compiles, its names are legal and misspelt ones are not', () => {
    expect(
      compileErrors(
        folder,
        writeUses(folder, (code) => code, 'uses'),
      ),
    ).toEqual([]);
  }, 60_000);

  test('gives the values beside its code', async () => {
    expect(await runAll(folder, writeUses(folder, withChecks, 'checked'))).toEqual([]);
    const sections = new Set(diffs.map(({ section }) => section));
    expect(new Set(uses.map(({ section }) => section))).toEqual(sections);
  }, 60_000);
});

describe('the operation that docs/adding.md adds', () => {
  let laws: LawResult[] = [];
  beforeAll(() => {
    laws = runLaws(folder, 'softsign');
  }, 100_000);

  test('keeps all laws', () => {
    expect(laws.flatMap(({ messages }) => messages)).toEqual([]);
    expect(laws.filter(({ status }) => status !== 'passed')).toEqual([]);
  });

  test.each([
    'the gradient of softsign is its derivative',
    'the gradient of the gradient of softsign is its second derivative',
    'backend reference computes softsign',
    'backend wasm computes softsign',
    'the type of a result of softsign on int32 inputs is the promised one',
  ])('was found by the law: %s', (name) => {
    expect(laws.map((law) => law.name)).toContain(name);
  });
});
