import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import * as browser from 'myelin';
import * as datasets from 'myelin/datasets';
import * as estimators from 'myelin/estimators';
import * as plot from 'myelin/plot';
import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import * as source from '../../src/index.js';

/** Every specifier that a built file imports, with those of the chunks it imports. */
function specifiersOf(file: string, seen = new Set<string>()): string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  const text = readFileSync(file, 'utf8');
  const statement = /^(?:import|export)\s*(?:[\w*{}\s,$]+\sfrom\s*)?["']([^"'\n]+)["']/gm;
  const call = /\bimport\(\s*["']([^"'\n]+)["']/g;
  const found = [statement, call].flatMap((form) => [...text.matchAll(form)].map(([, name]) => name ?? ''));
  const chunks = found.filter((name) => name.startsWith('.')).map((name) => join(dirname(file), name));
  return [...found, ...chunks.flatMap((chunk) => specifiersOf(chunk, seen))];
}

/** A built file and the chunks it imports. */
const chunksOf = (file: string): string[] => [
  file,
  ...specifiersOf(file)
    .filter((name) => name.startsWith('.'))
    .map((name) => join('dist', name)),
];

test('the built package exports what the sources do', () => {
  expect(Object.keys(browser).sort()).toEqual(Object.keys(source).sort());
  expect(Object.keys(browser)).toEqual(expect.arrayContaining(['Sequential', 'Dense', 'tensor']));
});

test('the built classes have the names of the sources', () => {
  const renamed = Object.values(browser).filter(
    (value) => typeof value === 'function' && value.name[0] === '_',
  );
  expect(renamed).toEqual([]);
  expect([browser.Tensor.name, browser.Sequential.name]).toEqual(['Tensor', 'Sequential']);
});

const entries = { index: browser, datasets, estimators, plot };

test.each(Object.keys(entries))('%s imports nothing of Node, so that pages can load it', (name) => {
  expect(specifiersOf(`dist/${name}.js`).filter((each) => !each.startsWith('.'))).toEqual([]);
});

/** Keras and scikit-learn have functions of one name: `meanAbsoluteError` is a loss in one and a score in the other. */
const isClass = (value: unknown) => typeof value === 'function' && /^class\b/.test(String(value));

test('classes of several entries are the same thing, so instanceof holds across them', () => {
  const seen = new Map<string, unknown>();
  for (const [name, value] of Object.values(entries).flatMap((entry) => Object.entries(entry))) {
    if (seen.has(name) && isClass(value)) expect(seen.get(name), name).toBe(value);
    seen.set(name, value);
  }
  const declared = new Set<string>();
  for (const file of readdirSync('dist').filter((each) => each.endsWith('.js'))) {
    for (const [, name] of readFileSync(`dist/${file}`, 'utf8').matchAll(
      /^(?:var \w+ = )?class (Tensor|Variable|Layer|Sequential|Plot) /gm,
    )) {
      expect(declared, `${name} is defined twice`).not.toContain(name);
      declared.add(name ?? '');
    }
  }
});

test('pages that only compute load nothing of data sets, plots and estimators', () => {
  const files = new Set(chunksOf('dist/index.js'));
  const names = [...files].map((file) => readFileSync(file, 'utf8')).join('\n');
  for (const name of ['plotHistory', 'drawnFashion', 'KMeans', 'readCsv']) {
    expect(names, name).not.toContain(`function ${name}`);
    expect(names, name).not.toContain(`class ${name}`);
  }
});

test('the package needs no other package at run time', () => {
  expect(Object.keys(manifest).filter((key) => /^(peer|optional)?dependencies$/i.test(key))).toEqual([]);
});
