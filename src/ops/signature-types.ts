/** Types read out of shape strings: how many inputs, and which axes a formula may name. */

type Words<S extends string> = S extends `${infer A},${infer B}`
  ? Words<A> | Words<B>
  : S extends `${infer A} ${infer B}`
    ? Words<A> | Words<B>
    : S extends ''
      ? never
      : S;
type AllWords<S extends string> = S extends `${infer L}->${infer R}` ? Words<L> | Words<R> : never;
type Plain<W extends string> = W extends `*${string}` ? never : W;
type Star<W extends string> = W extends `*${infer N}` ? N : never;

/** `One` for each named axis, a list of them for each star. Shapes computed at run time name any. */
export type Bound<S extends string, One> = string extends S
  ? Record<string, One> & Record<`*${string}`, One[]>
  : { [K in Plain<AllWords<S>>]: One } & { [K in Star<AllWords<S>>]: One[] };

type Items<S extends string, T> = S extends `${string},${infer Rest}` ? [T, ...Items<Rest, T>] : [T];
type Left<S extends string> = S extends `${infer L}->${string}` ? L : never;
type IsEmpty<S extends string> = S extends '' | ' ' ? true : false;

/** How many tensors an operation takes when its shape string does not tell. */
export type Arity = 0 | 1 | 2 | 'list';
type ByArity<N extends Arity, T> = N extends 0 ? [] : N extends 1 ? [T] : N extends 2 ? [T, T] : T[];

/** One `T` for each input. */
export type Inputs<S extends string, N extends Arity, T> = string extends S
  ? ByArity<N, T>
  : IsEmpty<Left<S>> extends true
    ? []
    : Items<Left<S>, T>;
