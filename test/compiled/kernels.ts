/** The kernels whose schedules and loops are kept as text. */
import type { Axis } from '../../src/loops/axis.js';
import { type FoldKind, type FoldOrder, fold } from '../../src/loops/expression.js';
import type { Kernel } from '../../src/loops/kernel.js';
import { Scalar } from '../../src/loops/scalar.js';
import { axis, buffer, kernel, mapKernel, read, storeAt, storeInto } from '../backends/wasm-run.js';

const folded = (by: FoldKind, axes: readonly Axis[], body: Scalar, order: FoldOrder = 'sequence'): Scalar =>
  new Scalar(fold(by, axes, body.expression, order));
const named = (name: string, made: Kernel): Kernel => ({ ...made, name });

export function relu(): Kernel {
  const [i, j] = [axis('i', 32), axis('j', 10)];
  const x = read(buffer('x', [32, 10]), [i, j]);
  return named('relu', mapKernel([i, j], x.add(read(buffer('bias', [10]), [j])).maximum(0)));
}

export function softmax(): Kernel {
  const [i, j, k, l] = [axis('i', 3), axis('j', 4), axis('k', 4), axis('l', 4)];
  const x = buffer('x', [3, 4]);
  const top = folded('max', [k], read(x, [i, k]));
  // Squared instead of exponentiated, so that the text stays short.
  const far = (a: Axis) =>
    read(x, [i, a])
      .sub(top)
      .mul(read(x, [i, a]).sub(top));
  return named('softmax', mapKernel([i, j], far(j).div(folded('sum', [l], far(l), 'lanes'))));
}

export function shifted(): Kernel {
  const [i, j, k] = [axis('i', 3), axis('j', 8), axis('k', 8)];
  const x = buffer('x', [3, 8]);
  return named('shifted', mapKernel([i, j], read(x, [i, j]).sub(folded('max', [k], read(x, [i, k])))));
}

export function largest(columns: number): Kernel {
  const [i, k] = [axis('i', 128), axis('k', columns)];
  return named('largest', mapKernel([i], folded('max', [k], read(buffer('x', [128, columns]), [i, k]))));
}

export function columnSums(): Kernel {
  const [j, k] = [axis('j', 16), axis('k', 100)];
  return named('columns', mapKernel([j], folded('sum', [k], read(buffer('x', [100, 16]), [k, j]))));
}

export function pool(): Kernel {
  const [h, w, c, q] = [axis('h', 4), axis('w', 4), axis('c', 4), axis('q', 2)];
  const at = [h, w.index.times(2).plus(q.index).plus(-1), c];
  const largest = folded('max', [q], read(buffer('x', [4, 8, 4]), at, -Infinity));
  return named('pool', mapKernel([h, w, c], largest));
}

export function embedding(): Kernel {
  const [i, j] = [axis('i', 6), axis('j', 16)];
  const word = read(buffer('words', [6], 'int32'), [i]);
  return named('embedding', mapKernel([i, j], read(buffer('table', [100, 16]), [word, j])));
}

export function lookUp(): Kernel {
  const i = axis('i', 4);
  const place = read(buffer('at', [4], 'int32'), [i]);
  return named('lookUp', mapKernel([i], read(buffer('x', [9]), [place], 1)));
}

export function scatter(): Kernel {
  const [i, j] = [axis('i', 6), axis('j', 8)];
  const word = read(buffer('words', [6], 'int32'), [i]);
  return named(
    'scatter',
    kernel([i, j], storeInto(buffer('table', [100, 8]), [word, j], read(buffer('g', [6, 8]), [i, j]), 'add')),
  );
}

export function recurrence(): Kernel {
  const [t, j] = [axis('t', 5), axis('j', 8)];
  const y = buffer('y', [5, 8]);
  return named(
    'running',
    kernel([t, j], storeAt(y, [t, j], read(y, [t.index.plus(-1), j]).add(read(buffer('x', [5, 8]), [t, j])))),
  );
}

export function masks(): Kernel {
  const i = axis('i', 8);
  const dropped = read(buffer('u', [8]), [i]).less(0.5);
  const bytes = read(buffer('pixels', [8], 'uint8'), [i]).toFloat();
  return named(
    'masks',
    kernel(
      [i],
      storeAt(buffer('m', [], 'bool'), [i], dropped),
      storeAt(buffer('y', []), [i], dropped.select(bytes, 0)),
    ),
  );
}

export function momentum(): Kernel {
  const i = axis('i', 8);
  const [m, w] = [buffer('m', [8]), buffer('w', [8])];
  const next = read(m, [i])
    .mul(0.9)
    .add(read(buffer('g', [8]), [i]));
  const rate = read(buffer('rate', [1]), [i.index.times(0)]);
  return named(
    'momentum',
    kernel([i], storeAt(m, [i], next), storeAt(w, [i], read(w, [i]).sub(rate.mul(next)))),
  );
}

export function dense(rows = 32, inner = 784): Kernel {
  const [i, j, k] = [axis('i', rows), axis('j', 128), axis('k', inner)];
  const product = read(buffer('x', [rows, inner]), [i, k]).mul(read(buffer('w', [inner, 128]), [k, j]));
  const sum = folded('sum', [k], product, 'blocks').add(read(buffer('bias', [128]), [j]));
  return named('dense', mapKernel([i, j], sum.maximum(0)));
}

export function convolution(): Kernel {
  const [n, h, w, f] = [axis('n', 8), axis('h', 13), axis('w', 13), axis('f', 64)];
  const [p, q, c] = [axis('p', 3), axis('q', 3), axis('c', 32)];
  const x = read(buffer('x', [8, 13, 13, 32]), [
    n,
    h.index.plus(p.index).plus(-1),
    w.index.plus(q.index).plus(-1),
    c,
  ]);
  const sum = folded('sum', [p, q, c], x.mul(read(buffer('kernel', [3, 3, 32, 64]), [p, q, c, f])), 'blocks');
  return named('conv', mapKernel([n, h, w, f], sum));
}
