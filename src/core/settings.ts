/** The options of a function as types, from the fields that declare them. */

import type { Fields } from './declaration.js';
import type { Field } from './fields.js';

/** What a function is given. */
export type Options<F extends Fields> = {
  // biome-ignore lint/suspicious/noExplicitAny: a field of any type
  readonly [K in keyof F]?: (F[K] extends Field<infer In, any> ? In : never) | undefined;
};

/** What it works with. */
export type Settings<F extends Fields> = {
  // biome-ignore lint/suspicious/noExplicitAny: a field of any type
  readonly [K in keyof F]: F[K] extends Field<any, infer Out> ? Out : never;
};
