import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import * as browser from 'myelin';
import * as node from 'myelin/node';
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

test('the entry for browsers imports nothing of Node', () => {
  expect(specifiersOf('dist/index.js').filter((name) => !name.startsWith('.'))).toEqual([]);
});

test('the entry for Node imports nothing but Node', () => {
  const names = specifiersOf('dist/node.js').filter((name) => !name.startsWith('.'));
  expect(names.filter((name) => !name.startsWith('node:'))).toEqual([]);
});

test('what both entries export is the same thing, so instanceof holds across them', () => {
  const [all, ofNode] = [new Map(Object.entries(browser)), Object.entries(node)];
  expect(ofNode.filter(([name, value]) => all.has(name) && all.get(name) !== value)).toEqual([]);
  const declared = new Set<string>();
  for (const file of ['dist/index.js', 'dist/node.js']) {
    for (const [, name] of readFileSync(file, 'utf8').matchAll(
      /\bclass (Tensor|Variable|Layer|Sequential)\b/g,
    )) {
      expect(declared, `${name} is defined in both entries`).not.toContain(name);
      declared.add(name ?? '');
    }
  }
});

test('the package needs no other package at run time', () => {
  expect(Object.keys(manifest).filter((key) => /^(peer|optional)?dependencies$/i.test(key))).toEqual([]);
});
