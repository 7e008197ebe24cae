/** All indices of some formulas: what must agree before axes are joined. */
import type { Index } from '../../loops/axis.js';
import { type Expression, walkAll } from '../../loops/expression.js';
import { formulasOf, type Kernel } from '../../loops/kernel.js';
import { indicesOf, layoutOf } from '../../loops/layout.js';

export const indicesIn = (formulas: readonly Expression[]): Index[] =>
  [...walkAll(formulas)].flatMap((e) => {
    if (e.kind === 'counter') return [e.index];
    return e.kind === 'load' ? indicesOf(layoutOf(e.at, e.buffer)) : [];
  });

export const indicesOfKernel = (kernel: Kernel): Index[] => [
  ...indicesIn(formulasOf(kernel)),
  ...kernel.stores.flatMap((s) => indicesOf(layoutOf(s.at, s.buffer))),
];
