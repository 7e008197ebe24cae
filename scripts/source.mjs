import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';

const isCode = (name) => /\.(ts|mjs|js)$/.test(name) && !name.endsWith('.d.ts');

/** Paths of all source files below a folder, in a stable order. */
export function sourceFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && isCode(entry.name))
    .map((entry) => `${entry.parentPath}/${entry.name}`.replaceAll('\\', '/'))
    .sort();
}

/** Parses a file with its parents set. */
export function parse(file) {
  return ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
}

/** Numbers of the lines of a node or file that carry code: neither blank nor comment alone. */
export function codeLines(fileOrNode) {
  const node = typeof fileOrNode === 'string' ? parse(fileOrNode) : fileOrNode;
  const file = node.getSourceFile();
  const lines = new Set();
  const visit = (child) => {
    if (ts.isJSDoc(child)) return;
    const children = child.getChildren(file);
    if (children.length > 0) return children.forEach(visit);
    const start = child.getStart(file);
    if (start === child.end) return;
    const first = file.getLineAndCharacterOfPosition(start).line;
    const last = file.getLineAndCharacterOfPosition(child.end).line;
    for (let line = first; line <= last; line++) lines.add(line);
  };
  visit(node);
  return lines;
}
