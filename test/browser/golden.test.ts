import { expect, test } from 'vitest';
import layers from '../golden/cases/layers.json' with { type: 'json' };
import training from '../golden/cases/training.json' with { type: 'json' };
import { runFile } from '../golden/runner.js';

test.each([layers, training].map((file) => [file.family, file] as const))(
  'the golden cases of %s hold in a page',
  { timeout: 120_000 },
  async (_, file) => {
    const { failed, passed, unsupported } = await runFile(file);
    expect(failed).toEqual([]);
    expect(passed.length + unsupported.length).toBe(file.cases.length);
    expect(passed.length).toBeGreaterThan(file.cases.length / 2);
  },
);
