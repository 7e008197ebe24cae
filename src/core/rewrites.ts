/** Rewrites that make programs faster. Each can be left out, to see what it brings; results may differ in last digits. */
import { environment } from './environment.js';
import { problem } from './errors.js';
import { list, nearest } from './text.js';

/**
 * `crop` never computes what nobody reads, `winograd` multiplies less in convolutions of three or five taps, `pooling` makes
 * windows where their elements are made, `sparsity` follows the one element of a window that a gradient reaches.
 */
export const rewriteNames = ['crop', 'winograd', 'pooling', 'sparsity'] as const;
export type RewriteName = (typeof rewriteNames)[number];

let leftOut: ReadonlySet<RewriteName> | undefined;

/** Whether programs that are made now have a rewrite: all but those that `MYELIN_WITHOUT` lists, with commas between. */
export function hasRewrite(name: RewriteName): boolean {
  leftOut ??= new Set(named());
  return !leftOut.has(name);
}

/** Makes programs without these rewrites from now on; without arguments, as the environment says. */
export function leaveOut(names?: readonly RewriteName[]): void {
  leftOut = names && new Set(names);
}

function named(): RewriteName[] {
  const names = (environment('MYELIN_WITHOUT') ?? '').split(',').map((name) => name.trim());
  return names.filter(Boolean).map(checked);
}

function checked(name: string): RewriteName {
  const known = rewriteNames.find((other) => other === name);
  if (known) return known;
  const near = nearest(name, rewriteNames);
  throw problem('option-value', {
    subject: 'MYELIN_WITHOUT',
    expected: `names of rewrites: ${list(rewriteNames)}`,
    received: `'${name}'`,
    fix: near && `Did you mean '${near}'?`,
  });
}
