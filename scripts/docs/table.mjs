// The lessons in course order, read from the table of the command line.
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import ts from 'typescript';
import { parse } from '../source.mjs';

const table = 'src/cli/examples.ts';

/** Name, summary and file of each lesson of the table. */
export function lessons() {
  const found = [];
  const visit = (node) => {
    const lesson = ts.isPropertyAssignment(node) && lessonOf(node);
    if (lesson) found.push(lesson);
    else ts.forEachChild(node, visit);
  };
  visit(parse(table));
  if (found.length === 0) throw new Error(`${table} has no lesson that this script can read.`);
  return found;
}

function lessonOf({ name, initializer }) {
  if (!ts.isObjectLiteralExpression(initializer)) return undefined;
  const of = (key) =>
    initializer.properties.find((property) => property.name?.getText() === key)?.initializer;
  const summary = of('summary');
  const path = /import\('([^']+)\.js'\)/.exec(of('load')?.getText() ?? '')?.[1];
  if (!summary || !path) return undefined;
  return {
    name: name.text,
    summary: summary.text,
    file: join(dirname(table), `${path}.ts`).replaceAll('\\', '/'),
  };
}

/** The comment that a file begins with, in one paragraph. */
export function firstComment(code) {
  const [comment = ''] = /^(\/\*.*?\*\/|(\/\/[^\n]*\n)+)/s.exec(code) ?? [];
  const lines = comment
    .split('\n')
    .map((line) => line.replace(/^\s*(\/\/|\/\*+|\*(?!\/))/, '').replace('*/', ''));
  return lines
    .map((line) => line.trim())
    .filter(Boolean)
    .join(' ');
}

/**
 * The files of `examples` that a lesson is made of beside its own, in the order in which they are met: `own` are those of a
 * folder that has its name, the others serve several lessons.
 */
export function filesBeside({ name, file }) {
  const met = new Set([file]);
  for (const path of met) for (const imported of importsOf(path)) met.add(imported);
  met.delete(file);
  const isOwn = (path) => basename(dirname(path)) === name;
  return { own: [...met].filter(isOwn), shared: [...met].filter((path) => !isOwn(path)) };
}

function importsOf(file) {
  const { importedFiles } = ts.preProcessFile(readFileSync(file, 'utf8'));
  return importedFiles
    .filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => join(dirname(file), fileName.replace(/\.js$/, '.ts')).replaceAll('\\', '/'))
    .filter((path) => path.startsWith('examples/') && existsSync(path));
}
