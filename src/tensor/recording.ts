/** What happens to variables while a function is traced. At most one function is traced at a time. */
import type { Tensor } from '../ops/op.js';

export interface Recording {
  /** The value of each variable so far, by variable. */
  readonly values: Map<object, Tensor>;
  /** What stands for a variable that is read after it was given a new value, so that the value itself is another tensor. */
  readonly reads: Map<object, Tensor>;
  /** What stands for the value a variable has when the program begins. */
  readonly placeholders: Map<object, Tensor>;
  /** Variables that were given a new value. */
  readonly assigned: Set<object>;
}

/** What surrounds the code that is running. */
interface Surroundings {
  readonly recording?: Recording | undefined;
  /** Whether tensors keep their whole history. */
  readonly keepsHistory: boolean;
  /** The layer whose call is running, such as `digits/dense_1`. */
  readonly path: string;
}

let current: Surroundings = { keepsHistory: false, path: '' };

function within<T>(changes: Partial<Surroundings>, body: () => T): T {
  const outer = current;
  current = { ...outer, ...changes };
  try {
    return body();
  } finally {
    current = outer;
  }
}

export const activeRecording = (): Recording | undefined => current.recording;
export const activePath = (): string => current.path;
const cut = new WeakSet<object>();
/** A tensor that was computed because its history had become long, and so has lost it. */
export const withoutHistory = <T extends object>(tensor: T): T => {
  cut.add(tensor);
  return tensor;
};
export const hasLostHistory = (tensor: object): boolean => cut.has(tensor);

export const isHistoryKept = (): boolean => current.keepsHistory || current.recording !== undefined;

/** Runs user code on placeholders and notes what it reads from variables and assigns to them. */
export function record<T>(body: () => T): { readonly result: T; readonly recording: Recording } {
  const recording: Recording = {
    values: new Map(),
    reads: new Map(),
    placeholders: new Map(),
    assigned: new Set(),
  };
  return { result: within({ recording }, body), recording };
}

/** Runs `body` with the whole history of its tensors kept, however long, because a gradient will walk it. */
export const keepingHistory = <T>(body: () => T): T => within({ keepsHistory: true }, body);

/** Runs `body` as eager code even while a function is traced: for what is made once and kept, such as first weights. */
export const outsideRecording = <T>(body: () => T): T => within({ recording: undefined }, body);

/** Marks the tensors made in `body` as made by this layer, inside the one that is running. */
export const inPath = <T>(name: string, body: () => T): T =>
  withPath(current.path ? `${current.path}/${name}` : name, body);

/** Marks the tensors made in `body` as made by the layer of this path, and by no other. */
export const withPath = <T>(path: string, body: () => T): T => within({ path }, body);
