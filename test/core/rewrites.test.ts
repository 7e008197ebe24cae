import { afterEach, beforeEach, expect, test } from 'vitest';
import { ConfigError } from '../../src/core/errors.js';
import { hasRewrite, leaveOut, rewriteNames } from '../../src/core/rewrites.js';

const before = process.env.MYELIN_WITHOUT;
beforeEach(() => leaveOut());
afterEach(() => {
  if (before === undefined) delete process.env.MYELIN_WITHOUT;
  else process.env.MYELIN_WITHOUT = before;
  leaveOut();
});

test('programs have all rewrites unless the environment leaves some out', () => {
  delete process.env.MYELIN_WITHOUT;
  expect(rewriteNames.filter(hasRewrite)).toEqual(rewriteNames);
  leaveOut();
  process.env.MYELIN_WITHOUT = 'winograd, pooling';
  expect(rewriteNames.filter(hasRewrite)).toEqual(['crop', 'sparsity']);
});

test('rewrites are left out while a program runs, whatever the environment says', () => {
  process.env.MYELIN_WITHOUT = 'crop';
  leaveOut(['sparsity']);
  expect(rewriteNames.filter(hasRewrite)).toEqual(['crop', 'winograd', 'pooling']);
  leaveOut([]);
  expect(rewriteNames.filter(hasRewrite)).toEqual(rewriteNames);
});

test('a rewrite of another name is refused, with the name that was meant', () => {
  process.env.MYELIN_WITHOUT = 'crop,winogard';
  expect(() => hasRewrite('crop')).toThrow(ConfigError);
  expect(() => hasRewrite('crop')).toThrow(
    "MYELIN_WITHOUT expected names of rewrites: 'crop', 'winograd', 'pooling' or 'sparsity'",
  );
  expect(() => hasRewrite('crop')).toThrow("Did you mean 'winograd'?");
});
