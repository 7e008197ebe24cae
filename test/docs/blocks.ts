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

/** The fenced blocks of a text that starts on a given line of a file. */
function fencedBlocks(text: string, file: string, firstLine: number): Block[] {
  return [...text.matchAll(fence)].map((match) => {
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
