/**
 * `2 x`.
 *
 * @example
 * twice(1); // 2
 * twice(2);
 */
export const twice = (x: number): number => 2 * x;

/**
 * `x / 2`.
 *
 * @example
 * ```ts
 * half(1);
 * ```
 * @returns half of it
 */
export const half = (x: number): number => x / 2;
