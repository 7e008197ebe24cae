/** Options of functions that read them themselves: an unknown one is a mistake, never ignored. */

import { problem } from './errors.js';
import { didYouMean } from './schema.js';
import { isPlainObject, show } from './text.js';

/** Throws a ConfigError for an option that is not among `names`; `example` is a call with one. */
export function checkOptionNames(
  method: string,
  names: readonly string[],
  options: object,
  example: string,
): void {
  if (!isPlainObject(options)) throw notOptions(method, options, example);
  const unknown = Object.keys(options).find((key) => !names.includes(key));
  if (unknown === undefined) return;
  throw problem('option-unknown', {
    subject: method,
    expected: `options among ${names.join(', ')}`,
    received: `'${unknown}'`,
    fix: didYouMean(unknown, names),
  });
}

export const notOptions = (method: string, received: unknown, example: string) =>
  problem('option-position', {
    subject: method,
    expected: 'an object of options as its last argument',
    received: show(received),
    fix: `Write \`${example}\`.`,
  });

/** Throws a ConfigError where a call has more arguments than the method reads, which would be ignored. */
export function checkNoMore(method: string, more: readonly unknown[]): void {
  if (more.length === 0) return;
  throw problem('argument-value', {
    subject: method,
    expected: 'no further argument',
    received: show(more[0]),
    fix: 'Leave it out: it would change nothing.',
  });
}
