/** Options of the functions that draw images and diagrams: declared as fields, checked before work starts. */

import type { Fields } from '../core/declaration.js';
import { checkOptionNames } from '../core/option-names.js';
import { parseValue } from '../core/schema.js';
import type { Settings } from '../core/settings.js';

/**
 * The options of a function with defaults filled in; `call` shows it with one. Throws a ConfigError for any
 * other.
 */
export function settingsOf<F extends Fields>(call: string, fields: F, options: object): Settings<F> {
  const method = call.slice(0, call.indexOf('('));
  checkOptionNames(method, Object.keys(fields), options, call);
  const given = options as Readonly<Record<string, unknown>>;
  const parsed = Object.entries(fields).map(([name, field]) => {
    const value = given[name] === undefined ? field.fallback : given[name];
    return [name, parseValue(`${method} ${name}`, field, value)];
  });
  return Object.fromEntries(parsed) as Settings<F>;
}
