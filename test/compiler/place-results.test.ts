import { describe, expect, it } from 'vitest';
import type { Result } from '../../src/compiler/draft.js';
import { placeResults } from '../../src/compiler/place-results.js';
import { buffer, draftOf, external, kernel, read, storesOf, sumOf } from './drafts.js';

const [x, v, w] = [buffer('x'), buffer('v'), buffer('w')];
const [newV, newW] = [buffer('new_v'), buffer('new_w')];
const externals = [external('input', x), external('variable', v), external('variable', w)];
const results: Result[] = [
  { target: v, value: newV },
  { target: w, value: newW },
];
const placed = (kernels: Parameters<typeof draftOf>[0], of: readonly Result[] = results) =>
  placeResults(draftOf(kernels, externals, of));

describe('a new value', () => {
  it('is computed in its variable, which a formula may read at the same point', () => {
    const after = placed([sumOf(newV, v, x)], [results[0]!]);
    expect(storesOf(after)).toEqual(['v[i] = add(v[i], x[i])']);
    expect(after.results).toEqual([{ target: v, value: v }]);
  });

  it('waits until every reader of the old one has run', () => {
    const after = placed([sumOf(newV, x, x), sumOf(newW, v, x)]);
    expect(storesOf(after)).toEqual(['w[i] = add(v[i], x[i])', 'v[i] = add(x[i], x[i])']);
  });

  it('stands beside the old one and is copied where its formula reads other points of the old one', () => {
    const turned = kernel(newV, ([i]) => read(v, [i!.index.times(-1).plus(3)]));
    const after = placed([turned], [results[0]!]);
    expect(storesOf(after)).toEqual(['new_v[i] = v[-1 i + 3]', 'v[i] = new_v[i]']);
  });

  it('stands beside the old one where a later kernel needs both', () => {
    const both = buffer('both');
    const out = buffer('out');
    const after = placeResults(
      draftOf(
        [sumOf(newV, x, x), sumOf(both, newV, v)],
        [...externals, external('output', out)],
        [results[0]!, { target: out, value: both }],
      ),
    );
    expect(storesOf(after)).toEqual([
      'new_v[i] = add(x[i], x[i])',
      'out[i] = add(new_v[i], v[i])',
      'v[i] = new_v[i]',
    ]);
  });
});

describe('variables that take each other’s values', () => {
  it('need one copy', () => {
    const after = placed([sumOf(newV, w), sumOf(newW, v)]);
    expect(after.kernels).toHaveLength(3);
    const copies = storesOf(after).filter((line) => line.includes('= new_'));
    expect(copies).toHaveLength(1);
    expect(runOn(storesOf(after), { v: 1, w: 2, x: 0 })).toMatchObject({ v: 2, w: 1 });
  });

  it('in a circle of three need one copy as well', () => {
    const u = buffer('u');
    const newU = buffer('new_u');
    const after = placeResults(
      draftOf(
        [sumOf(newV, w), sumOf(newW, u), sumOf(newU, v)],
        [...externals, external('variable', u)],
        [...results, { target: u, value: newU }],
      ),
    );
    expect(after.kernels).toHaveLength(4);
    expect(runOn(storesOf(after), { v: 1, w: 2, u: 3 })).toMatchObject({ v: 2, w: 3, u: 1 });
  });
});

/** Runs lines such as `v[i] = w[i]` on single numbers. */
function runOn(lines: readonly string[], start: Record<string, number>): Record<string, number> {
  const values = { ...start };
  for (const line of lines) {
    const [target, source] = /^(\w+)\[i\] = (\w+)\[i\]$/.exec(line)!.slice(1) as [string, string];
    values[target] = values[source]!;
  }
  return values;
}
