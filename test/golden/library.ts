/** Classes and functions of the library by the names that Keras has for them. */
import { ConfigError } from '../../src/core/errors.js';
import type { JsonObject } from '../../src/core/fields.js';
import * as myelin from '../../src/index.js';

/** A class or an option that the library does not have. */
export class Unsupported extends Error {}

interface KerasClass<T> {
  readonly className: string;
  fromConfig(config: JsonObject, options: { readonly classes: typeof myelin }): T;
}

const isTable = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
/** Everything that is exported, also what stands in exported tables of names. */
const everything: readonly unknown[] = Object.values(myelin).flatMap((value) =>
  isTable(value) ? [value, ...Object.values(value)] : [value],
);

/** The class of this Keras name and kind; `base` tells a metric from the loss of the same name. */
export function classOf<T>(base: abstract new (...args: never) => T, name: string): KerasClass<T> {
  const isOfKind = (value: unknown): value is KerasClass<T> =>
    typeof value === 'function' &&
    value.prototype instanceof base &&
    (value as { className?: string }).className === name;
  const found = everything.find(isOfKind);
  if (!found) throw new Unsupported(`no class ${name}`);
  return found;
}

/** Codes of errors about an option, a value of one or a name that the library does not have. */
const missing = /^(config-key|config-class|option-.*|name-unknown)$/;

/** Runs a constructor; what it does not take is unsupported, everything else it throws is a fault. */
export function supported<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw asUnsupported(error);
  }
}

export const asUnsupported = (error: unknown): unknown =>
  error instanceof ConfigError && missing.test(error.code)
    ? new Unsupported(error.message.split('\n')[0]!)
    : error;

/** An instance from Keras's configuration. */
export const made = <T>(base: abstract new (...args: never) => T, name: string, config: JsonObject): T => {
  const found = classOf(base, name);
  return supported(() => found.fromConfig(config, { classes: myelin }));
};

/** What a method that a class may lack is called with. */
export function methodOf<F>(target: object, name: string): F {
  const method = (target as Record<string, unknown>)[name];
  if (typeof method !== 'function') throw new Unsupported(`no method ${name}`);
  return method.bind(target) as F;
}

export { myelin };
