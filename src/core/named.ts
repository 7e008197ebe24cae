/** Options that take one of our classes: by Keras's name, as an instance, or as a plain function. */

import type { Configurable, ReadOptions } from './configurable.js';
import { problem } from './errors.js';
import { type Classes, type Field, functionJson, type Json, type JsonObject, nestedJson } from './fields.js';
import { type DefaultName, defaultName } from './names.js';
import { didYouMean } from './schema.js';
import { isClass, isPlainObject, list, listSome, show } from './text.js';

type AnyFunction = (...args: never) => unknown;

/** Classes by the names Keras has for them. */
export type ClassTable<Instance> = Readonly<Record<string, NamedClass<Instance>>>;

export interface NamedClass<Instance> {
  new (): Instance;
  readonly className: string;
  // biome-ignore lint/suspicious/noExplicitAny: any subclass
  fromConfig<T>(this: new (...args: any) => T, config: JsonObject, options?: ReadOptions): T;
}

/** Classes by their names in snake case, by other names, and by their own. */
export function byNames<const Classes extends ClassTable<unknown>, const Others extends object>(
  classes: Classes,
  others: Others,
): { readonly [Name in keyof Classes & string as DefaultName<Name>]: Classes[Name] } & Others & Classes {
  const entries = Object.entries(classes).map(([name, named]) => [defaultName(name), named]);
  return { ...Object.fromEntries(entries), ...others, ...classes };
}

export interface Kind<Instance, F extends AnyFunction> {
  /** Completes "expected 'a', 'b' or …": `a loss`. */
  readonly noun: string;
  /** Where Keras keeps the kind: `keras.losses`. */
  readonly module: string;
  readonly table: ClassTable<Instance>;
  /** Names of further classes: who wants one imports it, so that no other bundle has it. */
  readonly imported?: readonly string[];
  /** Names that are taken before the field is asked; messages list them too. */
  readonly also?: readonly string[];
  readonly base: abstract new (...args: never) => Instance;
  /** Makes an instance of a user's function. Absent where a function makes no sense. */
  readonly wrap?: (given: F) => Instance;
}

/** A class of the kind by name, an instance of it, or a function. */
export function named<Name extends string, Instance extends Configurable, F extends AnyFunction>(
  kind: Kind<Instance, F>,
): Field<Name | Instance | F, Instance> {
  const { noun, table, imported = [], also = [], base, wrap } = kind;
  const names = Object.keys(table);
  // Messages list the first name of each class.
  const firstNames = classesOf(table).map((made) => names.find((name) => table[name] === made)!);
  return {
    expected: listSome([...also, ...firstNames], [noun, ...(wrap ? ['a function'] : [])]),
    words: [...also, ...names, ...imported],
    parse: (given) => {
      if (typeof given === 'string') return Object.hasOwn(table, given) ? new table[given]!() : undefined;
      if (given instanceof base) return given;
      return typeof given === 'function' && !isClass(given) ? wrap?.(given) : undefined;
    },
    fix: (given) => {
      const name = imported.find((each) => plainName(each) === plainName(String(given)));
      return name && `Import it, and write \`new ${name}()\`.`;
    },
    toJson: (value) => objectJson(kind.module, value),
    fromJson: (json, classes) =>
      typeof json === 'string' ? (json as Name) : fromObject(kind, json, classes),
  };
}

const plainName = (name: string) => name.toLowerCase().replaceAll('_', '');

const classesOf = <Instance>(table: ClassTable<Instance>) => [...new Set(Object.values(table))];

/** An object as Keras's JSON nests it. A user's function has only its name there. */
const objectJson = (module: string, value: Configurable & { readonly given?: { name: string } }) =>
  value.given ? functionJson(value.given) : nestedJson(module, value.className, value.getConfig());

function fromObject<Instance>(kind: Kind<Instance, never>, json: Json, classes: Classes = {}): Instance {
  const { base, table, imported = [] } = kind;
  const name = isPlainObject(json) ? json.class_name : undefined;
  const isOfKind = (value: unknown): value is NamedClass<Instance> =>
    typeof value === 'function' && value.prototype instanceof base;
  const all = [...new Set([...classesOf(table), ...Object.values(classes).filter(isOfKind)])];
  // Keras 3.5 writes names that are other names of a class today, such as `OrthogonalInitializer`.
  const named = Object.hasOwn(table, name as string) ? table[name as string] : undefined;
  const found = all.find((candidate) => candidate.className === name) ?? named;
  if (found) return found.fromConfig(((json as JsonObject).config ?? {}) as JsonObject, { classes });
  const known = all.map(({ className }) => className);
  throw problem('config-class', {
    subject: `A configuration with ${kind.noun}`,
    expected: known.length > 0 ? `class_name ${list(known)}` : `the class of ${kind.noun}`,
    received: show(name ?? json),
    fix: imported.includes(name as string)
      ? `Import it, and name it: \`fromConfig(config, { classes: { ${name} } })\`, or in a model's \`layers\`.`
      : typeof name === 'string'
        ? didYouMean(name, [...known, ...imported])
        : undefined,
  });
}
