import ts from 'typescript';

/** What a comment says a value is: numbers with the distance that their written digits allow. */
type Expected =
  | { readonly number: number; readonly within: number }
  | { readonly text: string | boolean | null }
  | { readonly list: readonly Expected[] };

/** Turns `add(1, 2); // 3` into a call that compares the value with the comment; other comments stay what they are. */
export function withChecks(code: string): string {
  const file = ts.createSourceFile('block.ts', code, ts.ScriptTarget.Latest, true);
  let checked = code;
  for (const statement of file.statements.toReversed()) {
    const expected = ts.isExpressionStatement(statement) ? commentAfter(statement, code) : undefined;
    if (!expected || !ts.isExpressionStatement(statement)) continue;
    const { pos, end } = printedValue(statement.expression);
    const call = `globalThis.expectValue(${code.slice(pos, end)}, ${JSON.stringify(expected)})`;
    checked = `${checked.slice(0, pos)} ${call}${checked.slice(end)}`;
  }
  return checked;
}

/** The value that `console.log(value)` prints, or the value itself. */
function printedValue(expression: ts.Expression): ts.Node {
  const isLog = ts.isCallExpression(expression) && expression.expression.getText() === 'console.log';
  return (isLog && expression.arguments.length === 1 && expression.arguments[0]) || expression;
}

function commentAfter(statement: ts.Statement, code: string): Expected | undefined {
  const [comment] = ts.getTrailingCommentRanges(code, statement.end) ?? [];
  if (!comment) return undefined;
  const text = code.slice(comment.pos + 2, comment.end).trim();
  const [only, ...rest] = ts.createSourceFile(
    'value.ts',
    `(${text})`,
    ts.ScriptTarget.Latest,
    true,
  ).statements;
  if (!only || rest.length > 0 || !ts.isExpressionStatement(only)) return undefined;
  return ts.isParenthesizedExpression(only.expression) ? literal(only.expression.expression) : undefined;
}

function literal(node: ts.Expression): Expected | undefined {
  if (ts.isStringLiteralLike(node)) return { text: node.text };
  if (node.kind === ts.SyntaxKind.TrueKeyword) return { text: true };
  if (node.kind === ts.SyntaxKind.FalseKeyword) return { text: false };
  if (node.kind === ts.SyntaxKind.NullKeyword) return { text: null };
  if (ts.isArrayLiteralExpression(node)) {
    const list = node.elements.map(literal);
    return list.every((element) => element !== undefined) ? { list } : undefined;
  }
  const digits = node.getText();
  return /^-?\d/.test(digits) && !Number.isNaN(Number(digits)) ? numberOf(digits) : undefined;
}

/** `0.105` allows half a unit of its last digit, a whole number a rounding error of float32. */
function numberOf(digits: string): Expected {
  const [, decimals = '', exponent = '0'] = /^-?\d+\.?(\d*)(?:e([-+]?\d+))?$/i.exec(digits) ?? [];
  const number = Number(digits);
  const unit = 10 ** (Number(exponent) - decimals.length);
  return { number, within: decimals ? 0.5001 * unit : 1e-6 * Math.max(1, Math.abs(number)) };
}
