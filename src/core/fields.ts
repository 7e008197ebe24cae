/** Declared options: name, type, default, check and Keras's spelling of each, once. */

import { isPlainObject, list, show } from './text.js';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** Classes by any names, such as a whole module; other values in it are passed over. */
export type Classes = Readonly<Record<string, unknown>>;

/** One declared option: the values it takes, what they become, and how Keras's JSON writes them. */
export interface Field<In, Out = In> {
  /** Completes "expected …, received …". */
  readonly expected: string;
  /** The value when the option is left out; undefined when it must be given. */
  readonly fallback?: In | undefined;
  /** Words that a misspelt string is compared with. */
  readonly words?: readonly string[];
  /** Whether Keras's JSON has no such key, or has it only when the value is not null. */
  readonly unsaved?: true | 'null';
  /** The value the library works with, or `undefined` when the input is not acceptable. */
  parse(input: In): Out | undefined;
  /** What to write in place of a value that is not taken, where the value tells. */
  fix?(input: In): string | undefined;
  toJson?(value: Out): Json;
  /** The input for Keras's JSON of it, which may name one of the classes. */
  fromJson?(json: Json, classes?: Classes): In;
}

/** A field that may be left out. */
export interface Optional<In, Out = In> extends Field<In, Out> {
  readonly fallback: In;
}

/** A field given by position instead of by name. */
export interface Arg<In, Out = In> extends Field<In, Out> {
  readonly positional: true;
}
export interface OptionalArg<In, Out = In> extends Optional<In, Out> {
  readonly positional: true;
}

/** Makes a field positional. */
export function arg<In, Out>(field: Optional<In, Out>): OptionalArg<In, Out>;
export function arg<In, Out>(field: Field<In, Out>): Arg<In, Out>;
export function arg<In, Out>(field: Field<In, Out>): Arg<In, Out> {
  return { ...field, positional: true };
}

/** Lets a field be `null`, which is its default. */
export function maybe<In, Out>(field: Field<In, Out>): Optional<In | null, Out | null> {
  return {
    ...field,
    expected: `${field.expected} or null`,
    fallback: null,
    parse: (input) => (input === null ? null : field.parse(input)),
    toJson: (value) => (value === null ? null : toJson(field, value)),
    fromJson: (json, classes) => (json === null ? null : fromJson(field, json, classes)),
  };
}

/** Keeps a field out of Keras's JSON, which has no such key. */
export const unsaved = <F extends object>(field: F): F & { readonly unsaved: true } => ({
  ...field,
  unsaved: true,
});

/** Keeps a field out of Keras's JSON while it is null. */
export const unsavedNull = <F extends object>(field: F): F & { readonly unsaved: 'null' } => ({
  ...field,
  unsaved: 'null',
});

export const toJson = <Out>(field: { toJson?(value: Out): Json }, value: Out): Json =>
  field.toJson ? field.toJson(value) : (value as Json);

export const fromJson = <In>(field: Pick<Field<In, never>, 'fromJson'>, json: Json, classes?: Classes): In =>
  field.fromJson ? field.fromJson(json, classes) : (json as In);

/** A field of the values that pass a test, as they are. */
const passing = <T>(expected: string, test: (value: T) => boolean, fallback?: T): Field<T> => ({
  expected,
  fallback,
  parse: (value) => (test(value) ? value : undefined),
});

/** Bounds of a number; `above` and `below` leave the bound itself out. */
interface Range {
  readonly min?: number;
  readonly max?: number;
  readonly above?: number;
  readonly below?: number;
}

// A comparison with a bound that is not given is false.
const inRange = (value: number, { min, max, above, below }: Range) =>
  !(value < min! || value > max! || value <= above! || value >= below!);

function rangeText(noun: string, { min, max, above, below }: Range): string {
  if (min !== undefined && max !== undefined) return `${noun} from ${min} to ${max}`;
  const parts = [
    min !== undefined && `of ${min} or more`,
    above !== undefined && `above ${above}`,
    max !== undefined && `of ${max} or less`,
    below !== undefined && `below ${below}`,
  ];
  return `${noun} ${parts.filter(Boolean).join(' and ')}`.trim();
}

/** `int({ min: 1 })` must be given; `int(0)` is 0 when left out. */
export function int(range?: Range): Field<number>;
export function int(fallback: number, range?: Range): Optional<number>;
export function int(first: number | Range = {}, second: Range = {}): Field<number> {
  return numeric('an integer', Number.isSafeInteger, first, second);
}

export function float(range?: Range): Field<number>;
export function float(fallback: number, range?: Range): Optional<number>;
export function float(first: number | Range = {}, second: Range = {}): Field<number> {
  return numeric('a number', Number.isFinite, first, second);
}

function numeric(
  noun: string,
  test: (value: number) => boolean,
  first: number | Range,
  second: Range,
): Field<number> {
  const [fallback, range] = typeof first === 'number' ? [first, second] : [undefined, first];
  return passing(rangeText(noun, range), (value) => test(value) && inRange(value, range), fallback);
}

export const bool = (fallback: boolean): Optional<boolean> => ({
  ...passing('true or false', (value) => typeof value === 'boolean'),
  fallback,
});

export const text = (): Field<string> =>
  passing('a string that is not empty', (value) => typeof value === 'string' && value !== '');

/** One of a few words. */
export function oneOf<const Word extends string>(words: readonly Word[]): Field<Word>;
export function oneOf<const Word extends string>(
  words: readonly Word[],
  fallback: NoInfer<Word>,
): Optional<Word>;
export function oneOf<const Word extends string>(words: readonly Word[], fallback?: Word): Field<Word> {
  return { ...passing(list(words), (value) => words.includes(value), fallback), words };
}

/** Any string; the words are offered by completion. */
export function wordLike<const Word extends string>(
  words: readonly Word[],
  fallback: NoInfer<Word>,
): Optional<Word | (string & {})> {
  return { ...text(), words, fallback };
}

/** An array of values of one field. */
export function listOf<In, Out>(field: Field<In, Out>): Field<readonly In[], readonly Out[]> {
  return {
    expected: `an array, each ${field.expected}`,
    parse: (values) => {
      if (!Array.isArray(values)) return undefined;
      const parsed = values.map((value: In) => field.parse(value));
      return parsed.includes(undefined) ? undefined : (parsed as Out[]);
    },
    toJson: (values) => values.map((value) => toJson(field, value)),
    fromJson: (json, classes) =>
      Array.isArray(json) ? json.map((value) => fromJson(field, value, classes)) : (json as never),
  };
}

/** What the first field takes, or else the second. */
export function either<A, B, AOut, BOut>(
  first: Field<A, AOut>,
  second: Field<B, BOut>,
): Field<A | B, AOut | BOut> {
  return {
    expected: `${first.expected}, or ${second.expected}`,
    words: [...(first.words ?? []), ...(second.words ?? [])],
    parse: (value) => first.parse(value as A) ?? second.parse(value as B),
  };
}

/** A function of the user's. Files keep its name only. */
export function functionOf<F extends (...args: never) => unknown>(expected: string): Field<F> {
  return { ...passing<F>(expected, (value) => typeof value === 'function'), toJson: functionJson };
}

/** What Keras's JSON nests: something of a module, and how to make it again. */
export const nestedJson = (
  module: string,
  className: string,
  config: Json,
  registeredName: string | null = null,
): Json => ({ module, class_name: className, config, registered_name: registeredName });

/** A function as Keras's JSON names it. */
export const functionJson = (value: { readonly name: string }): Json =>
  nestedJson('builtins', 'function', value.name, 'function');

/** The shape of one example, without the batch axis. */
export function shape(): Field<readonly (number | null)[]> {
  const isSize = (n: number | null) => n === null || (Number.isSafeInteger(n) && n >= 0);
  return passing(
    'an array of sizes without the batch axis, such as [28, 28, 1]',
    (value) => Array.isArray(value) && value.every(isSize),
  );
}

/** The type of the numbers inside. Keras's JSON has it as a word or as a policy. */
export function dtypePolicy(): Optional<'float32'> {
  return {
    ...oneOf(['float32'], 'float32'),
    toJson: (name) => nestedJson('keras', 'DTypePolicy', { name }),
    fromJson: policyName as (json: Json) => 'float32',
  };
}

/** The name in a dtype of Keras's JSON, `'float32'` for none. */
export function policyName(json: Json): string {
  if (json === null) return 'float32';
  const name = isPlainObject(json) && isPlainObject(json.config) ? json.config.name : json;
  return typeof name === 'string' ? name : show(json);
}
