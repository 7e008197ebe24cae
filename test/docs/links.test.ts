/** Links of the documentation lead somewhere. Those of the built site are checked by `npm run docs`, which builds it. */
import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { deadLinks, deadSiteLinks } from '../../scripts/docs/links.mjs';
import { anchors, targets } from '../../scripts/docs/markdown.mjs';

const guide = readdirSync('docs', { recursive: true, encoding: 'utf8' })
  .map((path) => `docs/${path.replaceAll('\\', '/')}`)
  .filter((path) => path.endsWith('.md') && !path.startsWith('docs/reference/'));
const pages = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...guide.sort()];

test.each(pages)('every link of %s leads to a file or heading that is there', (page) => {
  expect(deadLinks([page])).toEqual([]);
});

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'myelin-links-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

describe('the search for dead links in Markdown', () => {
  const folder = folderWith({
    'good.md':
      '# One `two`\n\n[a](#one-two) [b](more/other.md#start-1) [c](more) [d](https://example.com/x#y)\n',
    'bad.md': '[a](#none) [b](more/none.md) [c](more/other.md#none) ![d](none.svg) <img src="gone.svg">\n',
    'code.md': '```\n[a](none.md)\n```\n\nA line with `[b](none.md)` and ``[c](`none.md`)``.\n',
    'more/other.md': '# Start\n\n## Start\n\n[back](../good.md) [a][b]\n\n[b]: ../none.md\n',
  });

  test('lets pass what is there or elsewhere', () => {
    expect(deadLinks([join(folder, 'good.md')])).toEqual([]);
  });

  test('finds missing files, headings and pictures', () => {
    const page = join(folder, 'bad.md');
    const dead = ['#none', 'more/none.md', 'more/other.md#none', 'none.svg', 'gone.svg'];
    expect(deadLinks([page])).toEqual(dead.map((target) => `${page}: ${target}`));
  });

  test('finds definitions of links', () => {
    const page = join(folder, 'more/other.md');
    expect(deadLinks([page])).toEqual([`${page}: ../none.md`]);
  });

  test('leaves code alone', () => {
    expect(targets('```\n[a](none.md)\n```\n\n`[b](none.md)` ``[c](`d`)`` [e](f.md "title")')).toEqual([
      'f.md',
    ]);
    expect(deadLinks([join(folder, 'code.md')])).toEqual([]);
  });

  test('makes anchors as GitHub does', () => {
    const text =
      '# `shape-mismatch`\n## What is there, today?\n## A [link](to.md) & more\n```\n# no\n```\n# Größe_2';
    expect(anchors(text)).toEqual(['shape-mismatch', 'what-is-there-today', 'a-link--more', 'größe_2']);
  });
});

test('dead links of a built site are found', () => {
  const folder = folderWith({
    'index.html':
      '<a href="classes/A.html#of">A</a><a href="none.html">x</a><a href="#top">y</a><img src="a%20b.svg">',
    'classes/A.html':
      '<h1 id="of">A</h1><a href="../index.html?x#none">a</a><a href="A.html#gone&amp;on">b</a>',
    'a b.svg': '<svg/>',
  });
  expect(deadSiteLinks(folder).sort()).toEqual([
    'classes/A.html: ../index.html?x#none',
    'classes/A.html: A.html#gone&on',
    'index.html: #top',
    'index.html: none.html',
  ]);
});
