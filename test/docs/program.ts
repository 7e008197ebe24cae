import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { build } from 'esbuild';
import ts from 'typescript';
import { parse } from '../../scripts/source.mjs';
import { everyNode } from '../architecture/names.js';
import type { Block } from './blocks.js';
import { withChecks } from './values.js';

const entry = resolve('src/index.ts');
const entries = {
  myelin: entry,
  'myelin/profile': resolve('src/profile.ts'),
  'myelin/datasets': resolve('src/datasets/index.ts'),
  'myelin/plot': resolve('src/plot/index.ts'),
  'myelin/estimators': resolve('src/estimators/index.ts'),
};

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  types: ['node'],
  typeRoots: [resolve('node_modules/@types')],
  paths: Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, [file]])),
  strict: true,
  exactOptionalPropertyTypes: true,
  allowJs: true,
  skipLibCheck: true,
  noEmit: true,
};

/** Writes each block to a file of its own, and to one that checks the values in its comments; an example without imports gets those of the names it uses. */
export function writeBlocks(blocks: readonly Block[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'myelin-docs-'));
  mkdirSync(join(folder, 'checked'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  const names = exportedNames();
  return blocks.map((block, index) => {
    const file = join(folder, `block${index}.${block.language}`);
    const imports = `\n${importsFor(block, names)}\nexport {};\n`;
    writeFileSync(file, block.code + imports);
    writeFileSync(
      join(folder, 'checked', `block${index}.${block.language}`),
      withChecks(block.code) + imports,
    );
    return file;
  });
}

function exportedNames(): string[] {
  const program = ts.createProgram([entry], options);
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(entry);
  const module = source && checker.getSymbolAtLocation(source);
  return module ? checker.getExportsOfModule(module).map(({ name }) => name) : [];
}

/** Imports of the names that an example uses: from its own file, else from the package. They follow the code, so that
 * its lines keep their numbers. */
function importsFor({ code, file }: Block, exported: readonly string[]): string {
  if (/\bfrom ['"]myelin/.test(code)) return '';
  const names = freeNames(ts.createSourceFile('block.ts', code, ts.ScriptTarget.Latest, true));
  const own = file.endsWith('.ts') ? namesExportedBy(file) : new Set<string>();
  const fromFile = names.filter((name) => own.has(name));
  const fromPackage = exported.filter((name) => names.includes(name) && !own.has(name));
  return importLine(fromFile, resolve(file.replace(/\.ts$/, '.js'))) + importLine(fromPackage, 'myelin');
}

function importLine(names: readonly string[], module: string): string {
  return names.length > 0 ? `import { ${names.join(', ')} } from '${module}';\n` : '';
}

function freeNames(file: ts.SourceFile): string[] {
  const used = new Set<string>();
  const declared = new Set<string>();
  for (const node of everyNode(file)) {
    if (!ts.isIdentifier(node)) continue;
    const { parent } = node;
    const isName = 'name' in parent && parent.name === node;
    if (!isName || ts.isShorthandPropertyAssignment(parent)) used.add(node.text);
    else if (!ts.isPropertyAccessExpression(parent) && !ts.isPropertyAssignment(parent))
      declared.add(node.text);
  }
  return [...used].filter((name) => !declared.has(name));
}

function namesExportedBy(file: string): Set<string> {
  const names = parse(file).statements.flatMap((statement) => {
    const isExported = ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some(isExport);
    if (!isExported) return [];
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.map(({ name }) => name.getText());
    return 'name' in statement && statement.name ? [(statement.name as ts.Identifier).text] : [];
  });
  return new Set(names);
}

function isExport({ kind }: ts.ModifierLike): boolean {
  return kind === ts.SyntaxKind.ExportKeyword;
}

/** What the compiler says about each block: `file:line message`. */
export function compileErrors(files: readonly string[], blocks: readonly Block[]): string[] {
  const program = ts.createProgram([...files], options);
  return files.flatMap((file, index) => {
    const source = program.getSourceFile(file);
    const found = source
      ? [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
      : [];
    return found.map(({ start = 0, messageText }) => {
      const line = source?.getLineAndCharacterOfPosition(start).line ?? 0;
      const text = ts.flattenDiagnosticMessageText(messageText, ' ');
      return `${blocks[index]?.file}:${(blocks[index]?.line ?? 0) + line} ${text}`;
    });
  });
}

/** Bundles the blocks with the sources, so that none runs against an old build. Resolves to one module for each. */
export async function bundleBlocks(files: readonly string[]): Promise<string[]> {
  if (files.length === 0) return [];
  const [first = ''] = files;
  const out = join(dirname(first), 'out');
  await build({
    entryPoints: files.map((file) => join(dirname(file), 'checked', basename(file))),
    outdir: out,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true, // one copy of the library for all blocks
    format: 'esm',
    platform: 'node',
    target: 'node20',
    alias: entries,
    logLevel: 'silent',
  });
  return files.map((file) => join(out, basename(file).replace(/\.[tj]s$/, '.mjs')));
}
