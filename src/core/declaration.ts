/** The types of declared options: from one declaration to constructor parameters and configuration. */

import type { Field, Optional } from './fields.js';

/**
 * The one place where a class states its options: parameters are the positional ones, the result is all of
 * them.
 * Parameter names become the constructor's parameter names; comments on the result become the editor's help.
 */
export type Declaration = (...positional: never) => object;

/**
 * Two groups of fields in one. An intersection, not a spread: published types keep each group's name and
 * comments.
 */
export const merge = <A extends object, B extends object>(first: A, second: B): A & B => ({
  ...first,
  ...second,
});

/** The declaration of a class without options. */
export const noOptions = () => ({});

// biome-ignore lint/suspicious/noExplicitAny: a field of any type
export type AnyField = Field<any, any>;
export type Fields = Record<string, AnyField>;

// biome-ignore lint/suspicious/noExplicitAny: inferred from
type In<F> = F extends Field<infer I, any> ? I : never;
// biome-ignore lint/suspicious/noExplicitAny: inferred from
type Out<F> = F extends Field<any, infer O> ? O : never;
type Inputs<A extends readonly unknown[]> = { [K in keyof A]: In<A[K]> };

/** Parameter list of the positional fields. Splitting off the head as a tuple keeps its label. */
type Positional<A extends readonly unknown[]> = A extends readonly [unknown, ...infer Rest]
  ? A extends readonly [...infer Head, ...Rest]
    ? [...(A[0] extends { fallback: unknown } ? Partial<Inputs<Head>> : Inputs<Head>), ...Positional<Rest>]
    : never
  : [];

type Options<F> = {
  [K in keyof F as F[K] extends { positional: true } ? never : K]?: In<F[K]> | undefined;
};

/** Spells a type out, so that editors show options and not the machinery behind them. */
type Flat<T> = T extends infer O ? { [K in keyof O]: O[K] } : never;

/** Constructor parameters of a class declared by `D` on top of the options `Shared` of its kind. */
export type Arguments<D extends Declaration, Shared extends Declaration> = [
  ...Positional<Required<Parameters<D>>>,
  options?: Flat<Options<ReturnType<D>> & Options<ReturnType<Shared>>> | undefined,
];

/** What the class itself reads: every option, checked and in its working form. */
export type Config<D extends Declaration> = { readonly [K in keyof ReturnType<D>]: Out<ReturnType<D>[K]> };

/** What a declaration must return: fields only, with a default for each one that is not positional. */
export type Declares<D extends Declaration> = (...positional: never) => {
  [K in keyof ReturnType<D>]: ReturnType<D>[K] extends { positional: true }
    ? AnyField
    : // biome-ignore lint/suspicious/noExplicitAny: a field of any type
      Optional<any, any>;
};
