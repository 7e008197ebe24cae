/** `UPDATE_DOCS=1 npx vitest run --project node test/docs/from-keras.test.ts` writes the page anew. */
import { readFileSync, writeFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, test, vi } from 'vitest';
import { parse } from '../../scripts/source.mjs';
import { sections } from './from-keras.js';

const page = 'docs/from-keras.md';
const update = 'UPDATE_DOCS=1 npx vitest run --project node test/docs/from-keras.test.ts';

/** What stands behind the arrow of each row, by its line of Python. */
function counterparts(): Map<string, string> {
  const found = new Map<string, string>();
  const visit = (node: ts.Node): void => {
    if (ts.isArrayLiteralExpression(node) && node.elements.length === 2) {
      const [python, run] = node.elements;
      if (python && run && ts.isStringLiteral(python) && ts.isArrowFunction(run))
        found.set(python.text, textOf(run.body));
    }
    ts.forEachChild(node, visit);
  };
  visit(parse('test/docs/from-keras.ts'));
  return found;
}

/** In one line, without the parentheses of an arrow's body and what only the types need. */
const textOf = (body: ts.Node): string => {
  const text = body
    .getText()
    .replace(/(?<=[[(])\s*\n\s*|,?\s*\n\s*(?=[\])])/g, '')
    .replace(/,?\s*\n\s*(?=\})/g, ' ')
    .replace(/\s*\n\s*/g, ' ');
  return (/^\((.*)\)$/s.exec(text)?.[1] ?? text).replaceAll(/\]!(?=[.)])/g, ']').replace('layers()', '[...]');
};

function pageOf(): string {
  const texts = counterparts();
  const code = (text: string) => `\`${text.replaceAll('|', '\\|')}\``;
  const tables = Object.entries(sections).map(([title, rows]) => {
    const lines = rows.map(([python]) => `| ${code(python)} | ${code(texts.get(python)!)} |`);
    return [`## ${title}`, '', '| Python | myelin |', '| --- | --- |', ...lines].join('\n');
  });
  return `${readFileSync(page, 'utf8').split('\n## ')[0]!.trimEnd()}\n\n${tables.join('\n\n')}\n`;
}

if (process.env.UPDATE_DOCS) writeFileSync(page, pageOf());

describe('docs/from-keras.md', () => {
  test('shows the lines that stand in test/docs/from-keras.ts', () => {
    expect(readFileSync(page, 'utf8'), `stale: ${update}`).toBe(pageOf());
  });

  // In order and in one model: a line may need what lines before it did.
  test('every line runs', async () => {
    const silence = vi.spyOn(console, 'log').mockImplementation(() => {});
    try {
      for (const [python, run] of Object.values(sections).flat()) {
        await expect(Promise.resolve().then(run), python).resolves.not.toThrow();
      }
    } finally {
      silence.mockRestore();
    }
  });
});
