import ts from 'typescript';
import { parse } from '../../scripts/source.mjs';

/** A place in a file, and what is wrong there. */
export function at(node: ts.Node, text: string): string {
  const file = node.getSourceFile();
  const { line } = file.getLineAndCharacterOfPosition(node.getStart());
  return `${file.fileName}:${line + 1} ${text}`;
}

export function everyNode(file: ts.SourceFile): ts.Node[] {
  const nodes: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return nodes;
}

/** Names in calls such as `op('relu', …)`, and in what classes extend, such as `layer('Dense', …)`. */
export function declaredNames(files: readonly string[]): Set<string> {
  const names = new Set<string>();
  for (const node of files.flatMap((file) => everyNode(parse(file)))) {
    if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) continue;
    const [name] = node.arguments;
    const isRecord = node.expression.text === 'op' || ts.isExpressionWithTypeArguments(node.parent);
    if (isRecord && name && ts.isStringLiteral(name)) names.add(name.text);
  }
  return names;
}

/** Words of the kernel language itself: its literal types (`kind: 'transpose'`) and the rows of its scalar table. */
export function kernelWords(files: readonly string[]): Set<string> {
  const words = new Set<string>();
  for (const file of files) {
    const isTable = /\/scalars?\.ts$|\/special\.ts$/.test(file);
    for (const node of everyNode(parse(file))) {
      if (ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal)) words.add(node.literal.text);
      if (isTable && ts.isPropertyAssignment(node)) words.add(keyText(node.name) ?? '');
      if (isTable && ts.isCallExpression(node) && node.arguments[0] && ts.isStringLiteral(node.arguments[0]))
        words.add(node.arguments[0].text);
    }
  }
  return words;
}

/** Uses of the given names that decide something: comparisons, cases, keys of tables, members of lists and sets. */
export function decisions(file: ts.SourceFile, names: ReadonlySet<string>): string[] {
  return everyNode(file).flatMap((node) => {
    const word = decidingWord(node);
    return word !== undefined && names.has(word) ? [at(node, `decides by the name '${word}'`)] : [];
  });
}

const lookups = new Set(['has', 'get', 'includes', 'indexOf', 'startsWith', 'endsWith']);

function decidingWord(node: ts.Node): string | undefined {
  const { parent } = node;
  if (!parent) return undefined;
  if (ts.isPropertyAssignment(parent) && parent.name === node) return tableKey(parent, node);
  if (!ts.isStringLiteralLike(node)) return undefined;
  const decides =
    (ts.isBinaryExpression(parent) && isComparison(parent.operatorToken.kind)) ||
    ts.isCaseClause(parent) ||
    ts.isArrayLiteralExpression(parent) ||
    (ts.isElementAccessExpression(parent) && parent.argumentExpression === node) ||
    (ts.isCallExpression(parent) &&
      ts.isPropertyAccessExpression(parent.expression) &&
      lookups.has(parent.expression.name.text));
  return decides ? node.text : undefined;
}

/** A quoted key always counts, a bare one when the object is a constant of the module: `{ pad, size }` are options. */
function tableKey(property: ts.PropertyAssignment, key: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(key)) return key.text;
  let holder: ts.Node = property.parent.parent;
  while (ts.isAsExpression(holder) || ts.isSatisfiesExpression(holder) || ts.isCallExpression(holder))
    holder = holder.parent;
  const isConstant = ts.isVariableDeclaration(holder) && ts.isSourceFile(holder.parent.parent.parent);
  return isConstant ? keyText(property.name) : undefined;
}

function keyText(name: ts.PropertyName): string | undefined {
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name) ? name.text : undefined;
}

function isComparison(kind: ts.SyntaxKind): boolean {
  const { EqualsEqualsToken, EqualsEqualsEqualsToken, ExclamationEqualsToken, ExclamationEqualsEqualsToken } =
    ts.SyntaxKind;
  return [
    EqualsEqualsToken,
    EqualsEqualsEqualsToken,
    ExclamationEqualsToken,
    ExclamationEqualsEqualsToken,
  ].includes(kind);
}

/** Options that keep the names of Keras's. */
const kerasOptions = new Set(['minLr', 'adamLrRatio']);

/** Identifiers of which one word is forbidden: `tmpFile`, `lr`, `adam_opt`. */
export function forbiddenIdentifiers(file: string, forbidden: ReadonlySet<string>): string[] {
  return everyNode(parse(file)).flatMap((node) => {
    if (!ts.isIdentifier(node) || kerasOptions.has(node.text)) return [];
    const words = [node.text, ...node.text.split(/_|(?<=[a-z0-9])(?=[A-Z])/)];
    return words.some((word) => forbidden.has(word.toLowerCase()))
      ? [at(node, `is named '${node.text}'`)]
      : [];
  });
}
