import { describe, expect, it } from 'vitest';
import { dropUnread, graphOf } from '../../src/compiler/dead-code.js';
import { constant } from '../../src/loops/expression.js';
import type { Kernel } from '../../src/loops/kernel.js';
import { tensor } from '../../src/tensor/create.js';
import { buffer, draftOf, external, kernel, read, storesOf, sumOf } from './drafts.js';

const [x, y, z, unread] = [buffer('x'), buffer('y'), buffer('z'), buffer('unread')];

describe('dropping kernels', () => {
  it('leaves those that a result needs, directly or through others', () => {
    const draft = draftOf(
      [sumOf(unread, x, x), sumOf(y, x), sumOf(z, y)],
      [external('input', x)],
      [{ target: buffer('out'), value: z }],
    );
    expect(storesOf(dropUnread(draft))).toEqual(['y[i] = x[i]', 'z[i] = y[i]']);
  });

  it('drops a chain that ends nowhere', () => {
    const draft = draftOf([sumOf(y, x), sumOf(z, y)], [external('input', x)]);
    expect(dropUnread(draft).kernels).toEqual([]);
  });

  it('keeps both kernels that fill one array, the zeros and the sums', () => {
    const add: Kernel = {
      ...sumOf(y, x),
      stores: sumOf(y, x).stores.map((s) => ({ ...s, mode: 'add' as const })),
    };
    const draft = draftOf(
      [
        kernel(y, () =>
          read(
            x,
            [x].map(() => kernelIndex()),
          ).mul(0),
        ),
        add,
      ],
      [external('input', x)],
      [{ target: z, value: y }],
    );
    expect(dropUnread(draft).kernels).toHaveLength(2);
  });

  it('drops constants that nobody reads any more', () => {
    const [used, spare] = [buffer('used'), buffer('spare')];
    const externals = [external('constant', used), external('constant', spare), external('input', x)];
    const kept = dropUnread(
      draftOf([sumOf(y, used), sumOf(unread, spare)], externals, [{ target: z, value: y }]),
    ).externals;
    expect(kept.map((e) => e.buffer.name)).toEqual(['used', 'x']);
  });
});

describe('a graph', () => {
  it('holds what its results need, inputs first, and nothing else', () => {
    const a = tensor([1, 2]);
    const b = a.add(1);
    a.mul(3);
    const { nodes } = graphOf({ b, again: b.exp() }, []);
    expect(nodes.map((n) => (n.source.kind === 'applied' ? n.source.operation.name : n.source.kind))).toEqual(
      ['data', 'number', 'add', 'exp'],
    );
  });
});

const kernelIndex = () => constant(0, 'int');
