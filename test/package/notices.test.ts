import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { packageFolder } from '../../scripts/notices.js';

test('a bundled file is traced to the package it belongs to', () => {
  expect(packageFolder('node_modules/d3-dsv/src/dsv.js')).toBe('node_modules/d3-dsv');
  expect(packageFolder('node_modules/@scope/name/index.js')).toBe('node_modules/@scope/name');
  expect(packageFolder('node_modules/a/node_modules/b/index.js')).toBe('node_modules/a/node_modules/b');
  expect(packageFolder('src/index.ts')).toBeUndefined();
});

test('the build passes on the licence of the CSV parser', () => {
  const notices = readFileSync('dist/THIRD-PARTY-NOTICES.txt', 'utf8');
  expect(notices).toMatch(/^d3-dsv \d+\.\d+\.\d+ \(ISC\)\n\nCopyright/m);
});
