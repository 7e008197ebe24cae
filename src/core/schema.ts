/**
 * A declaration at run time: constructor arguments to configuration, configuration to Keras's JSON, and back.
 */

import type { AnyField, Declaration, Fields } from './declaration.js';
import { type ConfigError, problem } from './errors.js';
import {
  type Classes,
  type Field,
  fromJson,
  type Json,
  type JsonObject,
  policyName,
  toJson,
} from './fields.js';
import { snakeCase } from './names.js';
import { isClass, isPlainObject, nearest, show } from './text.js';

type Values = Record<string, unknown>;

export interface WriteOptions {
  /** Whether to leave out values that equal their defaults, which readers older than the option need. */
  readonly minimal?: boolean;
}

// Keys of Keras's JSON that some of our classes lack, with the values at which they change nothing.
const neutral: { readonly [key: string]: unknown } = {
  dtype: 'float32',
  trainable: true,
  sparse: false,
  ragged: false,
  optional: false,
};

// Keys of Keras's JSON that only repeat what others say.
const repeating: readonly string[] = ['vocabulary_size'];

const changesNothing = (key: string, value: Json) =>
  value === null || repeating.includes(key) || neutral[key] === (key === 'dtype' ? policyName(value) : value);

export class Schema {
  readonly #fields: Fields;
  readonly #positional: readonly string[];
  /** The options given by name. */
  readonly #named: readonly string[];
  /** Those of Keras's JSON, options of the kind first as Keras has them. */
  readonly #saved: readonly string[];

  constructor(
    readonly className: string,
    declare: Declaration,
    shared: Declaration,
  ) {
    const call = declare as (...args: unknown[]) => Record<string, unknown>;
    const own = call() as Fields;
    const common = (shared as () => Fields)();
    this.#fields = { ...own, ...common, ...own };
    // Called with 0, 1, 2 … in place of its fields, the declaration tells which keys are positional, and in
    // which order.
    const places = Object.entries(call(0, 1, 2, 3)).filter(([, place]) => typeof place === 'number');
    this.#positional = places.sort((a, b) => (a[1] as number) - (b[1] as number)).map(([key]) => key);
    this.#named = Object.keys(this.#fields).filter((name) => !this.#positional.includes(name));
    this.#saved = Object.keys({ ...common, ...own }).filter((name) => this.#fields[name]!.unsaved !== true);
  }

  /** Checks constructor arguments and fills in the defaults. */
  read(args: readonly unknown[]): Values {
    const options = args[this.#positional.length] ?? {};
    if (!isPlainObject(options)) throw this.#optionsError(options);
    if (args.length > this.#positional.length + 1) throw this.#optionsError(args.at(-1));
    const subject = typeof options.name === 'string' ? `${this.className} '${options.name}'` : this.className;
    const unknown = Object.keys(options).find((key) => !this.#named.includes(key));
    if (unknown !== undefined) throw this.#unknownOption(subject, unknown);
    const values: Values = {};
    for (const [key, field] of Object.entries(this.#fields)) {
      const place = this.#positional.indexOf(key);
      const given = place < 0 ? options[key] : args[place];
      const value = given === undefined ? field.fallback : given;
      values[key] = parseValue(`${subject} ${key}`, field, value, this.#positionFix(place, value));
    }
    return values;
  }

  /** Keras's JSON of a configuration. */
  write(config: Values, { minimal = false }: WriteOptions = {}): JsonObject {
    const written: Record<string, Json> = {};
    for (const name of this.#saved) {
      const field = this.#fields[name]!;
      const json = toJson(field, config[name]);
      const isLeftOut = field.unsaved ? json === null : minimal && isDefault(field, json);
      if (!isLeftOut) written[snakeCase(name)] = json;
    }
    return written;
  }

  /** Keras's JSON back to constructor arguments. Keys we do not know are ignored when they change nothing. */
  arguments(json: JsonObject, classes: Classes): unknown[] {
    if (!isPlainObject(json)) throw this.#unreadable("the object of options under 'config'", show(json));
    const names = new Map(Object.keys(this.#fields).map((name) => [snakeCase(name), name]));
    const options: Values = {};
    for (const [key, value] of Object.entries(json)) {
      const name = names.get(key);
      if (name !== undefined) options[name] = fromJson(this.#fields[name]!, value, classes);
      else if (!changesNothing(key, value)) {
        const known = [...names.keys()];
        const fix =
          didYouMean(key, known) ?? 'An unknown key is ignored only when its value changes nothing.';
        throw this.#unreadable(`keys among ${known.join(', ')}`, `'${key}': ${JSON.stringify(value)}`, fix);
      }
    }
    return this.spread(options);
  }

  /** Options by name as constructor arguments, the positional ones first. */
  spread(options: Readonly<Values>): unknown[] {
    const named = Object.entries(options).filter(([name]) => !this.#positional.includes(name));
    return [...this.#positional.map((name) => options[name]), Object.fromEntries(named)];
  }

  #positionFix(place: number, value: unknown): string | undefined {
    const isNamed = isPlainObject(value) && Object.keys(value).some((key) => this.#positional.includes(key));
    return isNamed
      ? `${this.#usage}: what the class cannot do without comes first, without its name.`
      : place >= 0 && typeof value !== 'string' && !isClass(value)
        ? `${this.#usage}.`
        : undefined;
  }

  #unknownOption(subject: string, key: string): ConfigError {
    const isPositional = this.#positional.includes(key);
    return problem(isPositional ? 'option-position' : 'option-unknown', {
      subject,
      expected: this.#named.length ? `options among ${this.#named.join(', ')}` : 'no options',
      received: `'${key}'`,
      fix: isPositional ? `${this.#usage}.` : didYouMean(key, this.#named),
    });
  }

  #unreadable(expected: string, received: string, fix?: string): ConfigError {
    return problem('config-key', { subject: `${this.className}.fromConfig`, expected, received, fix });
  }

  #optionsError(received: unknown): ConfigError {
    return problem('option-position', {
      subject: this.className,
      expected: 'an object of options as its last argument',
      received: show(received),
      fix: `${this.#usage}.`,
    });
  }

  get #usage(): string {
    return `Write \`new ${this.className}(${[...this.#positional, '{ … }'].join(', ')})\``;
  }
}

const isDefault = (field: AnyField, json: Json) =>
  field.fallback !== undefined &&
  JSON.stringify(json) === JSON.stringify(toJson(field, field.parse(field.fallback)));

export const didYouMean = (word: string, words: readonly string[]): string | undefined => {
  const near = nearest(word, words);
  return near && `Did you mean '${near}'?`;
};

/**
 * Checks one value, of a declaration or an argument of a method; `subject` names it in the message, and
 * `fix` says what to write instead where the value alone does not tell.
 */
export function parseValue<In, Out>(
  subject: string,
  field: Pick<Field<In, Out>, 'expected' | 'words' | 'parse' | 'fix'>,
  value: In,
  fix?: string,
): Out {
  const parsed = value === undefined ? undefined : field.parse(value);
  if (parsed !== undefined) return parsed;
  const words = typeof value === 'string' ? field.words : undefined;
  throw problem(words ? 'name-unknown' : 'option-value', {
    subject,
    expected: field.expected,
    received: show(value),
    fix: field.fix?.(value) ?? fix ?? (words ? didYouMean(String(value), words) : classFix(value)),
  });
}

const classFix = (value: unknown) => (isClass(value) ? `Write \`new ${value.name}()\`.` : undefined);
