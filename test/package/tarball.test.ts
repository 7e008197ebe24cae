import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { pack } from './pack.js';

const { files, unpackedSize } = pack('--dry-run');
const paths = files.map(({ path }) => path.replace(/-[A-Za-z0-9_-]{8}\./, '-HASH.')).sort();

test('the tarball holds the build and what a user reads, nothing else', () => {
  const rest = paths.filter((path) => !/^dist\/[\w-]+-HASH\.(js|d\.ts)$/.test(path));
  expect(rest).toEqual([
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'dist/THIRD-PARTY-NOTICES.txt',
    'dist/cli.js',
    'dist/datasets.d.ts',
    'dist/datasets.js',
    'dist/estimators.d.ts',
    'dist/estimators.js',
    'dist/index.d.ts',
    'dist/index.js',
    'dist/native.js',
    'dist/plot.d.ts',
    'dist/plot.js',
    'dist/profile.d.ts',
    'dist/profile.js',
    'docs/errors.md',
    'package.json',
  ]);
});

test('the installed package is smaller than 2 MB', () => {
  expect(unpackedSize).toBeLessThan(2_000_000);
  expect(unpackedSize).toBeGreaterThan(40_000);
});

test('the changelog has a section for this version', () => {
  expect(readFileSync('CHANGELOG.md', 'utf8')).toMatch(new RegExp(`^## ${manifest.version}$`, 'm'));
});
