/** Counts what changes the layers of any model, so that who goes by them need not look at all of them again. */
let changes = 0;

export const changeCount = (): number => changes;
export function noteChange(): void {
  changes++;
}

const learnt = /* @__PURE__ */ new WeakMap<object, object>();

/** Notes what a layer has learnt that is no weight: it becomes part of programs, and of copies of the layer. */
export function noteLearnt(layer: object, what: object): void {
  learnt.set(layer, what);
  noteChange();
}
export const learntBy = (layer: object): object | undefined => learnt.get(layer);
