import type { JsonObject } from '../../../src/core/fields.js';
import { defaultName } from '../../../src/core/names.js';
import { Loss } from '../../../src/nn/loss.js';
import { forward, type GoldenTensor, given, gradient, sameTensor, sameText } from '../compare.js';
import { made, myelin, supported, Unsupported } from '../library.js';

interface Result {
  readonly value: GoldenTensor;
  readonly cotangent?: GoldenTensor;
  readonly grad?: GoldenTensor;
}
export interface LossCase {
  readonly id: string;
  readonly loss?: string;
  readonly function?: string;
  readonly config?: JsonObject;
  readonly resolves?: Readonly<Record<string, string>>;
  readonly y_true: GoldenTensor;
  readonly y_pred: GoldenTensor;
  readonly sample_weight?: GoldenTensor;
  readonly value?: GoldenTensor;
  readonly results?: Readonly<Record<string, Result>>;
}

interface LossClass {
  new (options?: object): Loss;
  readonly className: string;
}

const table: Readonly<Record<string, LossClass>> = myelin.losses;
const named = (name: string) => {
  if (!Object.hasOwn(table, name)) throw new Unsupported(`no loss '${name}'`);
  return table[name]!;
};

export function checkLoss(c: LossCase): void {
  if (c.resolves) checkNames(c.resolves);
  if (c.function) checkFunction(c, c.function);
  for (const [reduction, expected] of Object.entries(c.results ?? {})) checkReduction(c, reduction, expected);
}

function checkReduction(c: LossCase, reduction: string, { value, cotangent, grad }: Result): void {
  const loss = made(Loss, c.loss!, { ...c.config, reduction });
  const yPred = given(c.y_pred);
  const found = loss.call(given(c.y_true), yPred, c.sample_weight && given(c.sample_weight));
  sameTensor(`${reduction} value`, found, value, forward);
  // Keras's gradient is NaN where a vector has no direction; those cases have values only.
  if (!cotangent) return;
  const [g] = myelin.gradients(found.mul(given(cotangent)).sum(), [yPred]);
  sameTensor(`${reduction} gradient`, g!, grad!, gradient);
}

/** The function form gives one number a sample. */
function checkFunction({ y_true, y_pred, value }: LossCase, name: string): void {
  const LossOfName = named(name);
  const loss = supported(() => new LossOfName({ reduction: 'none' }));
  sameTensor('value', loss.call(given(y_true), given(y_pred)), value!, forward);
}

/** Each string means the loss that Keras means. */
function checkNames(resolves: Readonly<Record<string, string>>): void {
  const absent = Object.keys(resolves).filter((name) => !Object.hasOwn(table, name));
  for (const [name, full] of Object.entries(resolves)) {
    if (!absent.includes(name)) sameText(`'${name}'`, defaultName(named(name).className), full);
  }
  if (absent.length > 0) throw new Unsupported(`no losses ${absent.map((name) => `'${name}'`).join(', ')}`);
}
