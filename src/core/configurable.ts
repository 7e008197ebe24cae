/**
 * Classes made from declarations: layers, losses, metrics, optimizers, callbacks, initializers, regularizers.
 */

import { type Arguments, type Config, type Declaration, noOptions } from './declaration.js';
import type { Classes, JsonObject } from './fields.js';
import { defaultName } from './names.js';
import { Schema, type WriteOptions } from './schema.js';

export interface ReadOptions {
  /** Classes that the JSON may name beside those that strings reach: `{ ExponentialDecay }`. */
  readonly classes?: Classes | undefined;
}

/** Schemas of the classes that extend a kind such as Layer itself, with no options of their own. */
const plainSchemas = /* @__PURE__ */ new WeakMap<object, Schema>();

function plainSchema(made: typeof Configurable): Schema {
  const schema = plainSchemas.get(made) ?? new Schema(made.name, noOptions, made.shared);
  plainSchemas.set(made, schema);
  return schema;
}

/** Anything made from a declaration. */
export abstract class Configurable<C = unknown> {
  /** The options that all classes of a kind have. */
  static get shared(): Declaration {
    return noOptions;
  }

  static get schema(): Schema {
    // biome-ignore lint/complexity/noThisInStatic: each subclass has its own
    return plainSchema(this);
  }

  static get className(): string {
    // biome-ignore lint/complexity/noThisInStatic: as above
    return this.schema.className;
  }

  // biome-ignore lint/suspicious/noExplicitAny: any subclass
  static fromConfig(this: any, config: JsonObject, { classes = {} }: ReadOptions = {}) {
    // biome-ignore lint/complexity/noThisInStatic: a subclass makes its own instances
    return new this(...this.schema.arguments(config, classes));
  }

  /** Every option, checked, defaults filled in. */
  readonly config: C;

  // biome-ignore lint/suspicious/noExplicitAny: the declaration says what they are
  constructor(...args: readonly any[]) {
    this.config = this.#schema.read(args) as C;
  }

  /** The class's name in Keras. */
  get className(): string {
    return this.#schema.className;
  }

  /** Every option as Keras's JSON writes it; only those that differ from their defaults when `minimal`. */
  getConfig(options: WriteOptions = {}): JsonObject {
    return this.#schema.write(this.config as Record<string, unknown>, options);
  }

  get #schema(): Schema {
    return (this.constructor as typeof Configurable).schema;
  }
}

/** Something whose option `name` defaults to its class's name as Keras writes it. */
export abstract class Named<C = unknown> extends Configurable<C> {
  get name(): string {
    return (this.config as { readonly name?: string | null }).name ?? defaultName(this.className);
  }

  override getConfig(options: WriteOptions = {}): JsonObject {
    const config = super.getConfig(options);
    return 'name' in config ? { ...config, name: this.name } : config;
  }
}

/**
 * The constructor type of a declared class. It is a named interface on purpose: published types then keep the
 * declaration with its comments, and editors show them at the call.
 */
export interface DeclaredClass<D extends Declaration, Shared extends Declaration, Base> {
  new (...args: Arguments<D, Shared>): Base & { readonly config: Config<D> & Config<Shared> };
  readonly className: string;
  /** Makes an instance from Keras's JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: any subclass
  fromConfig<T>(this: new (...args: any) => T, config: JsonObject, options?: ReadOptions): T;
}

/**
 * Adds a declaration to a base class, and methods for classes that are one formula.
 * The declaration runs at first use, so that importing a class does no work.
 */
export function declared<Base extends Configurable, D extends Declaration, Shared extends Declaration>(
  // biome-ignore lint/suspicious/noExplicitAny: any base
  Parent: abstract new (...args: any) => Base,
  className: string,
  declare: D,
  shared: Shared,
  methods: Partial<Base> & ThisType<Base & { readonly config: Config<D> & Config<Shared> }> = {},
): DeclaredClass<D, Shared, Base> {
  let schema: Schema | undefined;
  abstract class Declared extends (Parent as unknown as typeof Configurable) {
    static override get schema(): Schema {
      schema ??= new Schema(className, declare, shared);
      return schema;
    }
  }
  Object.assign(Declared.prototype, methods);
  return Declared as unknown as DeclaredClass<D, Shared, Base>;
}
