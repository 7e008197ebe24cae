/** Options of the functions that make or fetch data: declared once, checked before work starts. */

import type { Fields } from '../core/declaration.js';
import { problem } from '../core/errors.js';
import { Schema } from '../core/schema.js';
import type { Settings } from '../core/settings.js';
import { isPlainObject, show } from '../core/text.js';

/** So many numbers of one tensor are made; typed arrays of more are refused by some engines. */
const mostValues = 2 ** 28;

/** Throws a ConfigError where `values` are more than one tensor can hold; `options` are those that say how many. */
export function checkSize(name: string, values: number, options: string): void {
  if (values <= mostValues) return;
  throw problem('argument-value', {
    subject: name,
    expected: `at most ${mostValues} numbers in a tensor`,
    received: `${options} that ask for ${values}`,
  });
}

/**
 * Checks the options of a function and fills in the defaults.
 *
 * Throws a ConfigError for an option that it does not know or a value that it does not take.
 */
export function settingsOf<F extends Fields>(name: string, fields: () => F, options: object): Settings<F> {
  if (isPlainObject(options)) return new Schema(name, fields, () => ({})).read([options]) as Settings<F>;
  throw problem('option-position', {
    subject: name,
    expected: 'an object of options as its only argument',
    received: show(options),
    fix: `Write \`${name}({ ${Object.keys(fields())[0]}: … })\`.`,
  });
}
