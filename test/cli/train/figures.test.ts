/** What the command must reach on tables that everybody knows. */

import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testData } from '../../examples/data.js';
import { myelin } from '../surroundings.js';
import { newFolder, scoreIn } from './tables.js';

test.each([
  ['titanic.csv', 'survived', 0.8],
  ['iris.csv', 'SPECIES', 0.93],
])(
  '%s: the mean of 5 folds reaches its mark',
  async (name, target, least) => {
    const file = testData(name);
    if (file === undefined) return;
    const { lines, code } = await myelin([
      'train',
      file,
      '--target',
      target,
      '--out',
      join(newFolder(), 'p.csv'),
    ]);
    expect(code).toBe(0);
    expect(lines).toContain('Mean of 5 folds');
    expect(scoreIn(lines)).toBeGreaterThanOrEqual(least);
  },
  180_000,
);
