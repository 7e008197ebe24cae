/** Names as JavaScript, Keras's JSON and Keras's summaries have them. */

/** An option's key in Keras's JSON: `kernelSize` to `kernel_size`, `beta1` to `beta_1`; `l2` stays. */
export const snakeCase = (name: string): string =>
  name.replace(/([a-z]{2})(\d)/g, '$1_$2').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Keras's name for an object without one: `MaxPooling2D` to `max_pooling2d`, `RMSprop` to `rm_sprop`. */
export const defaultName = (className: string): string =>
  className
    .replace(/\W+/g, '')
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();

/** `defaultName` of a name that is known to the compiler. */
export type DefaultName<
  Name extends string,
  Before extends string = '',
> = Name extends `${infer Letter}${infer Rest}`
  ? `${Before extends '' ? '' : Underscore<Letter, Before, Rest>}${Lowercase<Letter>}${DefaultName<Rest, Letter>}`
  : '';
/** Before a capital that begins a word: one that a small letter follows, or that follows one. */
type Underscore<Letter extends string, Before extends string, Rest extends string> =
  IsCapital<Letter> extends false
    ? ''
    : Rest extends `${infer Next}${string}`
      ? true extends IsSmall<Next> | IsSmall<Before>
        ? '_'
        : ''
      : IsSmall<Before> extends true
        ? '_'
        : '';
type IsCapital<Letter extends string> = Letter extends Lowercase<Letter> ? false : true;
type IsSmall<Letter extends string> = Letter extends Uppercase<Letter> ? false : true;
