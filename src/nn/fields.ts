/** Options that take an activation, an initializer, a regularizer or a constraint: by name, as an instance or a function. */

import { type Field, functionJson, maybe, type Optional } from '../core/fields.js';
import { named } from '../core/named.js';
import { isClass, isPlainObject, listSome } from '../core/text.js';
import { type ActivationFunction, type ActivationName, activations } from './activations.js';
import {
  Constraint,
  type ConstraintFunction,
  type ConstraintName,
  constraintOf,
  constraints,
} from './constraints.js';
import { imported } from './imported.js';
import { Initializer, type InitializerFunction, initializerOf } from './initializer.js';
import { type InitializerName, initializers } from './initializers.js';
import {
  Regularizer,
  type RegularizerFunction,
  type RegularizerName,
  regularizerOf,
  regularizers,
} from './regularizers.js';

export type ActivationOption = ActivationName | ActivationFunction;
export type InitializerOption = InitializerName | Initializer | InitializerFunction;
export type RegularizerOption = RegularizerName | Regularizer | RegularizerFunction;
export type ConstraintOption = ConstraintName | Constraint | ConstraintFunction;

/**
 * An activation by name, or any function of a tensor.
 *
 * @example
 * layer('Gate', () => ({ gateActivation: activationField('sigmoid') }))
 */
export function activation(fallback: ActivationName): Optional<ActivationOption | null, ActivationFunction>;
export function activation(): Field<ActivationOption | null, ActivationFunction>;
export function activation(fallback?: ActivationName): Field<ActivationOption | null, ActivationFunction> {
  const words = Object.keys(activations) as ActivationName[];
  return {
    expected: listSome(words, ['a function of a tensor']),
    words,
    fallback,
    parse: (given) => {
      if (given === null) return activations.linear;
      if (typeof given === 'function') return isClass(given) ? undefined : given;
      return Object.hasOwn(activations, given) ? activations[given] : undefined;
    },
    fix: (given) =>
      isClass(given) || typeof given === 'object'
        ? 'Give a name or a function; a layer goes into the model, after this one.'
        : undefined,
    toJson: (value) => words.find((word) => activations[word] === value) ?? functionJson(value),
    fromJson: (json) => (isPlainObject(json) ? (json.config ?? json) : json) as ActivationName | null,
  };
}

/**
 * An initializer, `fallback` unless given.
 *
 * @example
 * layer('Scale', () => ({ scaleInitializer: initializerField('ones') }))
 */
export const initializer = (fallback: InitializerName): Optional<InitializerOption, Initializer> => ({
  ...named<InitializerName, Initializer, InitializerFunction>({
    noun: 'an initializer',
    module: 'keras.initializers',
    table: initializers,
    imported: imported.initializers,
    base: Initializer,
    wrap: initializerOf,
  }),
  fallback,
});

/**
 * A regularizer, none unless given.
 *
 * @example
 * layer('Scale', () => ({ scaleRegularizer: regularizerField() }))
 */
export const regularizer = (): Optional<RegularizerOption | null, Regularizer | null> =>
  maybe(
    named<RegularizerName, Regularizer, RegularizerFunction>({
      noun: 'a regularizer',
      module: 'keras.regularizers',
      table: regularizers,
      imported: imported.regularizers,
      base: Regularizer,
      wrap: regularizerOf,
    }),
  );

/**
 * A constraint, none unless given.
 *
 * @example
 * layer('Scale', () => ({ scaleConstraint: constraintField() }))
 */
export const constraint = (): Optional<ConstraintOption | null, Constraint | null> =>
  maybe(
    named<ConstraintName, Constraint, ConstraintFunction>({
      noun: 'a constraint',
      module: 'keras.constraints',
      table: constraints,
      base: Constraint,
      wrap: constraintOf,
    }),
  );
