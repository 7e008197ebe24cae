import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { parse } from '../../scripts/source.mjs';

/** A piece of code in the documentation: where its first line stands, and whether it is run or only compiled. */
export interface Block {
  readonly file: string;
  readonly line: number;
  readonly code: string;
  readonly language: 'ts' | 'js';
  readonly run: boolean;
  /** Shows an error: marked `throws`, or a `throw` stands at its top level. */
  readonly throws: boolean;
}

const fence = /^( *)```(ts|js)([^\n]*)\n(.*?)^ *```/gms;

const shownFile = /(?:^|\s)file=(\S+)/;

/** The fenced blocks of a text that starts on a given line of a file. Those that show a file are not among them. */
function fencedBlocks(text: string, file: string, firstLine: number): Block[] {
  const own = [...text.matchAll(fence)].filter(([, , , flags = '']) => !shownFile.test(flags));
  return own.map((match) => {
    const [, indent = '', language, flags = '', code = ''] = match;
    return {
      file,
      line: firstLine + text.slice(0, match.index).split('\n').length,
      code: code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
      language: language as Block['language'],
      run: !flags.split(/\s+/).includes('no-run'),
      throws: flags.split(/\s+/).includes('throws') || /^throw /m.test(code),
    };
  });
}

export function markdownBlocks(file: string): Block[] {
  return fencedBlocks(readFileSync(file, 'utf8'), file, 1);
}

/** The blocks of a page that show a file: ` ```ts file=examples/kmeans.ts`. They are compared with it and not run. */
export function shownFiles(page: string): { readonly shown: string; readonly code: string }[] {
  return [...readFileSync(page, 'utf8').matchAll(fence)].flatMap(([, , , flags = '', code = '']) => {
    const shown = shownFile.exec(flags)?.[1];
    return shown === undefined ? [] : [{ shown, code }];
  });
}

/** The `@example` of every docstring of a source file, fenced or bare. */
export function exampleBlocks(file: string): Block[] {
  const source = parse(file);
  const tags = new Set<ts.JSDocTag>();
  const visit = (node: ts.Node): void => {
    for (const tag of ts.getJSDocTags(node)) if (tag.tagName.text === 'example') tags.add(tag);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...tags].flatMap((tag) => blocksOf(tag, source, file));
}

function blocksOf(tag: ts.JSDocTag, source: ts.SourceFile, file: string): Block[] {
  const raw = source.text.slice(tag.tagName.end, tag.end).replace(/[\s*]*\/?\s*$/, '');
  const text = raw.replaceAll(/^[ \t]*\* ?/gm, '');
  const line = source.getLineAndCharacterOfPosition(tag.tagName.end).line + 1;
  if (text.includes('```')) return fencedBlocks(`${text}\n`, file, line);
  const blank = /^\s*/.exec(text)?.[0] ?? '';
  const code = text.trim();
  const throws = /^throw /m.test(code);
  return [{ file, line: line + blank.split('\n').length - 1, code, language: 'ts', run: true, throws }];
}
