/** How weights are made, and copied out and in. */

import { inContext, problem } from '../core/errors.js';
import type { Field } from '../core/fields.js';
import { parseValue } from '../core/schema.js';
import { isSameShape, type Shape, showShape } from '../core/shape.js';
import { show } from '../core/text.js';
import {
  type ConstraintOption,
  constraint,
  type InitializerOption,
  initializer,
  type RegularizerOption,
  regularizer,
} from '../nn/fields.js';
import { flatten, type NestedInput } from '../tensor/nested.js';
import { Tensor } from '../tensor/tensor.js';
import { Variable, type VariableOptions } from '../tensor/variable.js';

export interface WeightOptions extends Omit<VariableOptions, 'constraint'> {
  /** Makes the first values. Default `'glorot_uniform'`. */
  readonly initializer?: InitializerOption;
  /** Penalty on the values, added to the loss. */
  readonly regularizer?: RegularizerOption | null;
  /** What the optimizer does to each new value. */
  readonly constraint?: ConstraintOption | null;
}

/** What a layer's options say of the weight of this name. */
export function optionsOf(config: object, name: string): WeightOptions {
  const [initializer, regularizer, constraint] = ['Initializer', 'Regularizer', 'Constraint'].map(
    (part) => (config as Readonly<Record<string, unknown>>)[`${name}${part}`],
  );
  return { initializer, regularizer, constraint } as WeightOptions;
}

interface Owner {
  readonly name: string;
  readonly subject: string;
}

/** A weight with its first values, and the penalty on them. */
export function makeWeight(owner: Owner, name: string, size: Shape, options: WeightOptions) {
  const { subject } = owner;
  const { initializer, regularizer, constraint, ...rest } = weightParts(`${subject} ${name}`, options);
  const first = inContext(`weight '${name}' of ${subject}`, () => initializer.call(size));
  const apply = constraint && ((value: Tensor) => constraint.call(value));
  return { weight: new Variable(first, { name, ...rest, constraint: apply, owner }), regularizer };
}

/** Options of a weight, with what their names and functions stand for. */
function weightParts(subject: string, options: WeightOptions) {
  const part = <In, Out>(name: keyof WeightOptions, field: Field<In, Out>) =>
    parseValue(`${subject} ${name}`, field, (options[name] as In | undefined) ?? (field.fallback as In));
  return {
    ...options,
    initializer: part('initializer', initializer('glorot_uniform')),
    regularizer: part('regularizer', regularizer()),
    constraint: part('constraint', constraint()),
  };
}

const howToBuild = 'Give the first layer of the model an `inputShape`, or call `build`.';

export const notBuilt = (subject: string): Error =>
  problem('not-built', {
    subject,
    expected: 'inputs before its weights are counted',
    received: 'none',
    fix: howToBuild,
  });

export const copyWeights = (weights: readonly Variable[]): Tensor[] =>
  weights.map((weight) => new Tensor(weight.shape, weight.dtype, { kind: 'data', values: weight.data() }));

/** Replaces weights, none of them unless all fit. A flat typed array takes the weight's shape. */
export function replaceWeights(
  subject: string,
  weights: readonly Variable[],
  values: readonly (Tensor | NestedInput)[],
  names: readonly string[] = weights.map(({ name }) => name),
): void {
  if (values?.length !== weights.length) {
    throw problem('length-mismatch', {
      subject: `${subject} setWeights`,
      expected: `${weights.length} arrays, one for each weight`,
      received: `${values?.length ?? show(values)}`,
      fix: weights[0] ? undefined : howToBuild,
    });
  }
  const fitting = weights.map((weight, i) =>
    fittingValue(`${subject} setWeights`, weight, values[i]!, names[i]!),
  );
  for (const [i, weight] of weights.entries()) weight.assign(fitting[i]!);
}

function fittingValue(subject: string, weight: Variable, given: Tensor | NestedInput, name: string): Tensor {
  const { values, shape, dtype } =
    given instanceof Tensor
      ? { values: given.values(), shape: given.shape, dtype: given.dtype }
      : flatten(given, subject);
  const isFlat = ArrayBuffer.isView(given) && values.length === weight.size;
  if (isFlat || isSameShape(shape, weight.shape)) {
    return new Tensor(weight.shape, dtype, { kind: 'data', values });
  }
  throw problem('shape-mismatch', {
    subject,
    expected: `shape ${showShape(weight.shape)} for weight '${name}'`,
    received: showShape(shape),
  });
}
