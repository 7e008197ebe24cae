/** The beginning of every source: vector types of gcc and clang, and what C has no operator for. */
import { bound, eachLane } from './functions.js';

const list = (count: number, item: (i: number) => string | number): string =>
  Array.from({ length: count }, (_, i) => item(i)).join(', ');

/** For gcc from version 9 on, and clang. */
const macros = `#pragma STDC FP_CONTRACT OFF
#define VECTOR(bytes) __attribute__((vector_size(bytes)))
#define MEMORY(align) __attribute__((aligned(align), may_alias))
#define HELPER static inline __attribute__((always_inline, unused))
#ifdef __has_builtin
#define HAS(name) __has_builtin(name)
#define OWN(name) __has_builtin(name)
#else
#define HAS(name) 0
#define OWN(name) (__GNUC__ == 9)
#endif
#ifdef __clang__
#define TAKE(a, ...) __builtin_shufflevector(a, a, __VA_ARGS__)
#define MIX(a, b, ...) __builtin_shufflevector(a, b, __VA_ARGS__)
#else
#define TAKE(a, ...) __builtin_shuffle(a, (I){__VA_ARGS__})
#define MIX(a, b, ...) __builtin_shuffle(a, b, (Q){__VA_ARGS__})
#endif
`;

/**
 * `P` is an integer or an address, which is an integer until memory is touched: gcc 12.2 took a procedure that moves
 * pointers for one without effects and deleted its calls. `F` holds floats, `I` integers or masks, `N` the same integers
 * where they wrap; `f`, `i` and `b` are elements in memory at any address.
 */
const types = (lanes: number): string => `#define EACH for (int k = 0; k < ${lanes}; k++)
typedef long long P;
typedef float F VECTOR(${4 * lanes});
typedef int I VECTOR(${4 * lanes});
typedef unsigned N VECTOR(${4 * lanes});
typedef double D VECTOR(${8 * lanes});
typedef unsigned char B VECTOR(${lanes});
typedef int Q VECTOR(16);
typedef signed char S VECTOR(16);
typedef F Fm MEMORY(4);
typedef I Im MEMORY(4);
typedef B Bm MEMORY(1);
typedef Q Qm MEMORY(4);
typedef float f MEMORY(4);
typedef int i MEMORY(4);
typedef unsigned char b MEMORY(1);
HELPER F splat(float x) { return (F){${list(lanes, () => 'x')}}; }
HELPER I splat_int(int x) { return (I){${list(lanes, () => 'x')}}; }
`;

const functions = (lanes: number): string => `
HELPER F choose(I m, F x, F y) { return (F)((m & (I)x) | (~m & (I)y)); }
HELPER I choose_int(I m, I x, I y) { return (m & x) | (~m & y); }
${eachLane('fma', ['x', 'y', 'z'], lanes)}
${eachLane('sqrt', ['x'], lanes)}
${eachLane('floor', ['x'], lanes)}
${eachLane('rint', ['x'], lanes)}
${bound('higher', 'max', 'choose(x < y, y, x)', lanes)}
${bound('lower', 'min', 'choose(y < x, y, x)', lanes)}
`;

const orders = `HELPER F maximum(F x, F y) {
  F r = (F)((I)higher(x, y) & (I)higher(y, x));
  return choose((x == x) & (y == y), r, x + y);
}
HELPER F minimum(F x, F y) { return (F)((I)lower(x, y) | (I)lower(y, x)); }
HELPER I higher_int(I x, I y) { return choose_int(x < y, y, x); }
HELPER I lower_int(I x, I y) { return choose_int(y < x, y, x); }
HELPER I lower_unsigned(I x, I y) { return choose_int((N)y < (N)x, y, x); }
`;

/** C says what becomes of floats in the range of integers only. A quotient in float64 is exact once its fraction is cut. */
const conversions = `HELPER I quotient(I x, I y) {
  return __builtin_convertvector(__builtin_convertvector(x, D) / __builtin_convertvector(y, D), I);
}
HELPER F to_float(I x) { return __builtin_convertvector(x, F); }
HELPER I to_int(F x) {
  I over = x >= splat(2147483648.0f), inside = (x > splat(-2147483648.0f)) & ~over;
  I low = (x <= splat(-2147483648.0f)) & splat_int(-2147483647 - 1);
  I r = __builtin_convertvector((F)((I)x & inside), I);
  return r | low | (over & splat_int(2147483647));
}
`;

const memory = `HELPER I load_bytes(P at) { return __builtin_convertvector(*(const Bm *)at, I); }
HELPER void store_bytes(P at, I x, int count) {
  B r = __builtin_convertvector(x, B);
  if (count == sizeof(B)) *(Bm *)at = r;
  else __builtin_memcpy((void *)at, &r, count);
}
HELPER I byte_range(I x) { return lower_int(higher_int(x, splat_int(0)), splat_int(255)); }
HELPER void transpose(P p, P ps, P q, P qs) {
  Q a = *(const Qm *)p, b = *(const Qm *)(p + ps), c = *(const Qm *)(p + 2 * ps), d = *(const Qm *)(p + 3 * ps);
  Q e = MIX(a, b, 0, 4, 1, 5), f = MIX(a, b, 2, 6, 3, 7), g = MIX(c, d, 0, 4, 1, 5), h = MIX(c, d, 2, 6, 3, 7);
  *(Qm *)q = MIX(e, g, 0, 1, 4, 5), *(Qm *)(q + qs) = MIX(e, g, 2, 3, 6, 7);
  *(Qm *)(q + 2 * qs) = MIX(f, h, 0, 1, 4, 5), *(Qm *)(q + 3 * qs) = MIX(f, h, 2, 3, 6, 7);
}
`;

export const prelude = (lanes: number): string =>
  [macros, types(lanes), functions(lanes), orders, conversions, memory].join('');
