/** Data that stay in the heap between runs, because the next run often goes over the same. */
import type { Backend, Storage } from '../backends/backend.js';
import { currentBackend } from '../backends/choose.js';
import { elementTypes } from '../core/dtype.js';
import type { Rest } from '../core/pieces.js';
import type { Tensor } from '../tensor/tensor.js';
import { Variable } from '../tensor/variable.js';

/** A tensor's place in the heap, and who uses it. */
export interface KeptData {
  readonly tensor: WeakRef<Tensor>;
  readonly backend: Backend;
  readonly place: Storage;
  /** Whether all values are there. */
  isFilled: boolean;
  users: number;
}

/** Examples and labels of training and of validation. */
const mostKept = 4;
// A quarter of the heap: programs that come in between want room too.
const mostBytes = 2 ** 29;
/** Numbers that are copied in about a millisecond. */
const partSize = 2 ** 20;

/** The last one used stands last. */
let kept: KeptData[] = [];
/** Tensors that went through a run. What comes only once, such as an array that was made a tensor, is not worth a place. */
const seen = new WeakSet<Tensor>();

const bytesOf = (tensors: readonly KeptData[]): number =>
  tensors.reduce((total, { place }) => total + sizeOf(place), 0);
const sizeOf = ({ dtype, size }: Pick<Storage, 'dtype' | 'size'>): number => size * elementTypes[dtype].bytes;

/** The tensor's place, for as long as it is not given back. */
export function borrow(tensor: Tensor): KeptData {
  const backend = currentBackend();
  const known = kept.find((each) => each.tensor.deref() === tensor && each.backend === backend);
  if (known && !(tensor instanceof Variable)) {
    known.users++;
    return known;
  }
  trim(mostKept - 1, mostBytes - sizeOf(tensor));
  const place = backend.allocate(tensor.dtype, tensor.size);
  const made = { tensor: new WeakRef(tensor), backend, place, isFilled: false, users: 1 };
  kept.push(made);
  return made;
}

/** The place of a tensor that went through a run before, or lies in the heap by now; nothing otherwise. */
export function borrowAgain(tensor: Tensor): KeptData | undefined {
  const isAgain = seen.has(tensor) && !(tensor instanceof Variable) && sizeOf(tensor) <= mostBytes;
  seen.add(tensor);
  return isAgain ? borrow(tensor) : undefined;
}

/** Puts the values in their place, if they are not there yet. */
export async function fill(data: KeptData, tensor: Tensor, rest: Rest): Promise<void> {
  if (data.isFilled) return;
  const values = tensor.values();
  for (let from = 0; from < values.length; from += partSize) {
    await rest();
    data.place.set(values.subarray(from, from + partSize), from);
  }
  data.isFilled = true;
}

export function giveBack(data: KeptData): void {
  data.users--;
  const tensor = data.tensor.deref();
  const isAgain = tensor !== undefined && !(tensor instanceof Variable) && seen.has(tensor);
  if (tensor) seen.add(tensor);
  kept = kept.filter((each) => each !== data);
  if (data.users > 0 || (isAgain && data.isFilled)) kept.push(data);
  else data.place.free();
  trim(mostKept, mostBytes);
}

/** Frees what nobody uses: of dropped tensors, of other backends, and the oldest beyond so many or so much. */
function trim(count: number, bytes: number): void {
  const idle = kept.filter(({ users }) => users === 0);
  for (const data of idle) {
    const isLost = data.tensor.deref() === undefined || data.backend !== currentBackend();
    if (!isLost && kept.length <= count && bytesOf(kept) <= bytes) continue;
    kept = kept.filter((each) => each !== data);
    data.place.free();
  }
}
