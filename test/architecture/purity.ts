import ts from 'typescript';
import { at } from './names.js';

/** Collections that bundlers know to have no effect when made from nothing or from a list. */
const harmless = new Set(['Map', 'Set', 'WeakMap', 'WeakSet']);

/** What runs when a module is loaded and is not marked as pure: it keeps its module in every bundle. */
export function effectsOf(file: ts.SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node)) return;
    if (isCall(node) && !isMarked(node, file.text)) found.push(at(node, `runs ${node.expression.getText()}`));
    ts.forEachChild(node, (child) => {
      if (!(ts.isPropertyDeclaration(child) && !isStatic(child))) visit(child);
    });
  };
  for (const statement of file.statements) {
    if (ts.isExpressionStatement(statement)) found.push(at(statement, 'is a statement with an effect'));
    else visit(statement);
  }
  return found;
}

function isCall(node: ts.Node): node is ts.CallExpression | ts.NewExpression {
  if (ts.isNewExpression(node)) {
    const isList = (node.arguments ?? []).every((argument) => ts.isArrayLiteralExpression(argument));
    return !(harmless.has(node.expression.getText()) && isList);
  }
  return ts.isCallExpression(node);
}

/** `a().b()` begins where `a()` does, so one comment stands for both. */
function isMarked(node: ts.Node, text: string): boolean {
  return /\/\* ?[@#]__PURE__ ?\*\/\s*$/.test(text.slice(0, node.getStart()));
}

function isStatic(node: ts.PropertyDeclaration): boolean {
  return node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword) ?? false;
}
