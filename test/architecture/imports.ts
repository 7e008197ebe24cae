import { dirname, join } from 'node:path/posix';
import ts from 'typescript';
import { parse } from '../../scripts/source.mjs';

/** One `import` or `export … from` inside of `src`. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
  readonly line: number;
}

/** Folders of src by level; a file may import from lower levels and from its own folder. */
const levels: readonly (readonly string[])[] = [
  ['core'],
  ['loops'],
  ['compiler', 'backends'],
  ['ops', 'tensor'],
  ['nn', 'data'],
  ['layers'],
  ['models'],
  ['datasets', 'plot', 'estimators'],
  ['cli', '.'],
];

/** `src/ops/op.ts` lies in `ops`, `src/index.ts` in `.`. */
export function folderOf(file: string): string {
  const [, first, ...rest] = file.split('/');
  return rest.length > 0 ? (first ?? '.') : '.';
}

export function levelOf(folder: string): number {
  return levels.findIndex((level) => level.includes(folder));
}

/** The one edge upwards: an op's record speaks of Tensors, which are made of ops. */
export function isNamedException({ from, to, typeOnly }: Edge): boolean {
  return from === 'src/ops/op.ts' && to === 'src/tensor/tensor.ts' && typeOnly;
}

export function isAllowed(edge: Edge): boolean {
  if (!edge.to.startsWith('src/')) return folderOf(edge.from) === 'cli' && edge.to.startsWith('examples/');
  const [from, to] = [folderOf(edge.from), folderOf(edge.to)];
  if (from === to || isNamedException(edge)) return true;
  if (from === 'tensor' && to === 'ops') return true; // the methods of a Tensor are its ops
  return levelOf(to) < levelOf(from) || (from === 'cli' && to === '.');
}

/** Edges to files of src, from all its files. */
export function edgesOf(files: readonly string[]): Edge[] {
  return files.flatMap((from) => {
    const file = parse(from);
    return importsOf(file).map(({ specifier, typeOnly, line }) => {
      const to = join(dirname(from), specifier).replace(/\.js$/, '.ts');
      return { from, to, typeOnly, line };
    });
  });
}

function importsOf(file: ts.SourceFile) {
  const found: { specifier: string; typeOnly: boolean; line: number }[] = [];
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node);
    if (specifier?.startsWith('.')) {
      const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      found.push({ specifier, typeOnly: isTypeOnly(node), line });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function specifierOf(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return textOf(node.moduleSpecifier);
  if (ts.isImportTypeNode(node))
    return ts.isLiteralTypeNode(node.argument) ? textOf(node.argument.literal) : undefined;
  if (!ts.isCallExpression(node)) return undefined;
  return node.expression.kind === ts.SyntaxKind.ImportKeyword ? textOf(node.arguments[0]) : undefined;
}

function textOf(node: ts.Node | undefined): string | undefined {
  return node && ts.isStringLiteral(node) ? node.text : undefined;
}

function isTypeOnly(node: ts.Node): boolean {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  if (ts.isImportDeclaration(node)) return node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
  return ts.isImportTypeNode(node);
}

/** Import cycles, each once, as lists of files; the named exception is no part of one. */
export function cyclesOf(edges: readonly Edge[]): string[][] {
  const targets = new Map<string, string[]>();
  for (const edge of edges) {
    if (!isNamedException(edge)) targets.set(edge.from, [...(targets.get(edge.from) ?? []), edge.to]);
  }
  const done = new Set<string>();
  const cycles: string[][] = [];
  const visit = (file: string, path: readonly string[]): void => {
    const start = path.indexOf(file);
    if (start >= 0) cycles.push([...path.slice(start), file]);
    if (start >= 0 || done.has(file)) return;
    for (const to of targets.get(file) ?? []) visit(to, [...path, file]);
    done.add(file);
  };
  for (const file of targets.keys()) visit(file, []);
  return cycles;
}
