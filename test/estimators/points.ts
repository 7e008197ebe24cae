/** Made data that Python makes too, bit by bit: see `figures.py`. */

/** Numbers in [0, 1). Park and Miller 1988. */
export function uniforms(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  };
}

/** Points around each center in turn: `center + spread · (u1 + u2 + u3 - 1.5)`. */
export function around(centers: readonly (readonly number[])[], count: number, spread: number, seed: number) {
  const next = uniforms(seed);
  const x: number[][] = [];
  const y: number[] = [];
  for (let i = 0; i < count; i++) {
    const label = i % centers.length;
    x.push(centers[label]!.map((c) => c + spread * (next() + next() + next() - 1.5)));
    y.push(label);
  }
  return { x, y };
}

export const fourGroups = () =>
  around(
    [
      [0, 0],
      [4, 1],
      [1, 5],
      [5, 6],
    ],
    200,
    2.5,
    7,
  );
