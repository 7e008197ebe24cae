/** Rows that are looked up lie anywhere in memory: several are copied side by side, so that waits for them overlap. */
import { Axis, constantIndex, movingAxes, pointsOf } from '../../loops/axis.js';
import { isComputed, isKnown, isLoad } from '../../loops/expression.js';
import type { Kernel } from '../../loops/kernel.js';
import { substitute } from '../../loops/rewrite.js';

/** As many streams as a processor follows at once. */
const together = 4;
/** Elements of a row below which it comes with its first line, or the next. */
const leastElements = 64;

/** A kernel that copies whole rows found by a computed coordinate, as one of a few rows at each point. */
export function rowsTogether(kernel: Kernel): Kernel {
  const [store, ...more] = kernel.stores;
  const [rows, ...inner] = movingAxes(kernel.axes);
  const isCopy = store && more.length === 0 && store.mode === 'set' && isLoad(store.value);
  if (!isCopy || !rows || rows.size % together !== 0 || pointsOf(inner) < leastElements) return kernel;
  const { value } = store;
  // A row that this kernel itself writes may have to be there before the next one is read.
  const isFromElsewhere = isLoad(value) && value.buffer.name !== store.buffer.name;
  const found = isFromElsewhere ? value.at.filter(isComputed) : [];
  const isByRow = found.length > 0 && found.every((e) => inner.every((axis) => !e.free.has(axis)));
  if (!isByRow || !store.at.every(isKnown)) return kernel;
  const few = new Axis(rows.name, rows.size / together);
  const stores = Array.from({ length: together }, (_, i) => {
    const by = new Map([[rows, few.index.times(together).plus(constantIndex(i))]]);
    const at = store.at.map((index) => (isKnown(index) ? index.substitute(by) : index));
    return { ...store, at, value: substitute(value, by) };
  });
  return { ...kernel, axes: kernel.axes.map((axis) => (axis === rows ? few : axis)), stores };
}
