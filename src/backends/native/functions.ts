/**
 * Functions of whole vectors. Compilers take long to see that the same function of each lane is one instruction, or miss
 * it, so the instruction is called where the compiler has a name for it.
 */

/** A condition of the preprocessor, and what may be called where it holds. */
type Named = readonly [guard: string, call: string];
const own = (processor: string, name: string, args: string): Named => [
  `defined(${processor}) && OWN(${name})`,
  `${name}(${args})`,
];
/** Vectors of 16 lanes, whose functions take a mask of lanes and how to round: all of them, as ever. */
const wide = (name: string, args: string): Named =>
  own('__AVX512F__', name, `${args}, (unsigned short)-1, 4`);
/** The functions of gcc, and of clang, which has one for many types: this is the number of four floats. */
const neon = (gcc: string, clang: string, args: readonly string[]): readonly Named[] => [
  own('__aarch64__', `__builtin_aarch64_${gcc}v4sf`, args.join(', ')),
  own('__aarch64__', `__builtin_neon_${clang}q_v`, `${args.map((x) => `(S)${x}`).join(', ')}, 41`),
];

/** To an integer below, or the nearest one. */
const roundings = (mode: number, gcc: string, clang: string): Readonly<Record<number, readonly Named[]>> => ({
  16: [wide('__builtin_ia32_rndscaleps_mask', `x, ${mode}, x`)],
  8: [own('__AVX__', '__builtin_ia32_roundps256', `x, ${mode}`)],
  4: [own('__SSE4_1__', '__builtin_ia32_roundps', `x, ${mode}`), ...neon(gcc, clang, ['x'])],
});

/** By function and lanes. They take `x`, `y` and `z`. */
const named: Readonly<Record<string, Readonly<Record<number, readonly Named[]>>>> = {
  fma: {
    16: [wide('__builtin_ia32_vfmaddps512_mask', 'x, y, z')],
    8: [own('__FMA__', '__builtin_ia32_vfmaddps256', 'x, y, z')],
    4: [
      own('__FMA__', '__builtin_ia32_vfmaddps', 'x, y, z'),
      own('__aarch64__', '__builtin_aarch64_fmav4sf', 'x, y, z'),
      own('__aarch64__', '__builtin_neon_vfmaq_v', '(S)z, (S)x, (S)y, 41'),
    ],
  },
  sqrt: {
    16: [
      wide('__builtin_ia32_sqrtps512_mask', 'x, x'),
      own('__AVX512F__', '__builtin_ia32_sqrtps512', 'x, 4'),
    ],
    8: [own('__AVX__', '__builtin_ia32_sqrtps256', 'x')],
    4: [own('__SSE__', '__builtin_ia32_sqrtps', 'x'), ...neon('sqrt', 'vsqrt', ['x'])],
  },
  floor: roundings(9, 'floor', 'vrndm'),
  rint: roundings(8, 'rint', 'vrndx'),
};

/** The second of two vectors where it lies beyond the first, which is what the processor calls a maximum of both. */
export function bound(name: string, instruction: string, otherwise: string, lanes: number): string {
  const names: Readonly<Record<number, Named>> = {
    16: wide(`__builtin_ia32_${instruction}ps512_mask`, 'y, x, x'),
    8: own('__AVX__', `__builtin_ia32_${instruction}ps256`, 'y, x'),
    4: own('__SSE__', `__builtin_ia32_${instruction}ps`, 'y, x'),
  };
  const head = `HELPER F ${name}(F x, F y)`;
  const [guard, call] = names[lanes]!;
  return `#if ${guard}\n${head} { return ${call}; }\n#else\n${head} { return ${otherwise}; }\n#endif`;
}

/** A function of all lanes: by its name, where there is one, else lane by lane. */
export function eachLane(name: string, params: readonly string[], lanes: number): string {
  const generic = `__builtin_elementwise_${name}`;
  const all: readonly Named[] = [
    [`HAS(${generic})`, `${generic}(${params.join(', ')})`],
    ...(named[name]?.[lanes] ?? []),
  ];
  const head = `HELPER F ${name}_of(${params.map((p) => `F ${p}`).join(', ')})`;
  const lines = all.map(
    ([guard, call], i) => `#${i > 0 ? 'el' : ''}if ${guard}\n${head} { return (F)${call}; }`,
  );
  const one = `__builtin_${name}f(${params.map((p) => `${p}[k]`).join(', ')})`;
  return [...lines, '#else', `${head} { F r; EACH r[k] = ${one}; return r; }`, '#endif'].join('\n');
}
