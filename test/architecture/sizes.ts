import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { codeLines, parse } from '../../scripts/source.mjs';
import { at, everyNode } from './names.js';

/** All lines of a file, blank ones and comments too: what a reader scrolls through. */
export function linesOf(file: string): number {
  return readFileSync(file, 'utf8').trimEnd().split('\n').length;
}

/** Functions with more lines of code than allowed; comments inside of them are free. */
export function longFunctions(file: string, limit: number): string[] {
  return everyNode(parse(file)).flatMap((node) => {
    if (!ts.isFunctionLike(node) || !('body' in node) || !node.body) return [];
    const { size } = codeLines(node);
    return size > limit ? [at(node, `is a function of ${size} lines`)] : [];
  });
}
