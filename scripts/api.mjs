// The public API as text, taken from the built types: what users can name, then what those declarations refer to.
// `npm run api` writes docs/api.txt; `--check` fails when the built types say something else.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = `${root}docs/api.txt`;
const entries = {
  myelin: `${root}dist/index.d.ts`,
  'myelin/profile': `${root}dist/profile.d.ts`,
  'myelin/datasets': `${root}dist/datasets.d.ts`,
  'myelin/plot': `${root}dist/plot.d.ts`,
  'myelin/estimators': `${root}dist/estimators.d.ts`,
};
const printer = ts.createPrinter({ removeComments: true });

function report() {
  const program = ts.createProgram(Object.values(entries), {
    module: ts.ModuleKind.NodeNext,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
    types: [],
  });
  const checker = program.getTypeChecker();
  const resolve = (symbol) =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const seen = new Set();
  const sections = Object.entries(entries).map(([name, file]) => {
    const module = checker.getSymbolAtLocation(program.getSourceFile(file));
    const symbols = module ? checker.getExportsOfModule(module) : [];
    for (const symbol of symbols) seen.add(resolve(symbol));
    return section(
      name,
      symbols.map((symbol) => [symbol.name, resolve(symbol)]),
    );
  });
  const reachable = reachableFrom([...seen], checker, resolve);
  return [...sections, section('Named by the above, not exported', reachable)].join('\n');
}

/** Symbols of our own declarations that exported ones mention, such as the base class that holds a layer's options. */
function reachableFrom(start, checker, resolve) {
  const seen = new Set(start);
  const visit = (node) => {
    const symbol = ts.isIdentifier(node) && checker.getSymbolAtLocation(node);
    if (symbol) add(resolve(symbol));
    ts.forEachChild(node, visit);
  };
  const add = (symbol) => {
    if (seen.has(symbol) || !declarations(symbol).some(isTopLevel)) return;
    seen.add(symbol);
    declarations(symbol).forEach(visit);
  };
  for (const symbol of start) declarations(symbol).forEach(visit);
  return [...seen].filter((symbol) => !start.includes(symbol)).map((symbol) => [symbol.name, symbol]);
}

function declarations(symbol) {
  return (symbol.declarations ?? []).filter((node) =>
    node.getSourceFile().fileName.startsWith(`${root}dist/`),
  );
}

function isTopLevel(node) {
  return ts.isSourceFile(statementOf(node).parent);
}

/** `const x: T` is declared by a part of a statement; the statement is what reads well. */
function statementOf(node) {
  return ts.isVariableDeclaration(node) ? node.parent.parent : node;
}

function section(title, symbols) {
  const texts = symbols
    .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, symbol]) => {
      const text = declarations(symbol).map(print).sort().join('\n');
      return name === symbol.name ? text : `${name} =\n${text}`;
    });
  return `# ${title}\n\n${texts.map((text) => `${text}\n`).join('\n')}`;
}

function print(node) {
  const text = printer.printNode(ts.EmitHint.Unspecified, statementOf(node), node.getSourceFile());
  const open = text.replace(/^(export )?(declare )?/, '').replace(/^ +private .*\n/gm, '');
  return open.replaceAll('    ', '  ');
}

function difference(before, after) {
  const [old, now] = [before, after].map((text) => text.split('\n'));
  const [oldLines, nowLines] = [new Set(old), new Set(now)];
  const removed = old.filter((line) => !nowLines.has(line)).map((line) => `- ${line}`);
  return [...removed, ...now.filter((line) => !oldLines.has(line)).map((line) => `+ ${line}`)];
}

const text = report();
const before = existsSync(target) ? readFileSync(target, 'utf8') : '';
if (!process.argv.includes('--check')) {
  writeFileSync(target, text);
  console.log(before === text ? 'docs/api.txt says so already.' : 'Wrote docs/api.txt; read its diff.');
} else if (before !== text) {
  const lines = difference(before, text);
  console.error(lines.slice(0, 60).join('\n'));
  if (lines.length > 60) console.error(`… and ${lines.length - 60} lines more`);
  console.error(
    'The public API is not what docs/api.txt says. If you mean the change: npm run api, and commit it.',
  );
  process.exitCode = 1;
} else console.log('The public API is as docs/api.txt says.');
