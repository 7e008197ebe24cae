/** A model of dense layers as columns of units with weights between them. */

import { problem } from '../../core/errors.js';
import { type PartialShape, showShape, sizeOf } from '../../core/shape.js';
import type { Layer } from '../../layers/layer.js';
import type { Sequential } from '../../models/sequential.js';
import type { Variable } from '../../tensor/variable.js';
import { type Given, layersOf, type NamedLayer } from '../images/run.js';

/** The units that one dense layer gives, or the inputs. */
export interface UnitColumn {
  readonly name: string;
  readonly units: number;
  /** `[units before, units]`; null for the inputs. */
  readonly kernel: Variable | null;
  /** The last layer that changes these units without mixing them. */
  readonly last: NamedLayer | null;
}

/** Throws a ConfigError for a model that mixes units in another way than by dense layers. */
export function columnsOf(model: Sequential): UnitColumn[] {
  const columns: UnitColumn[] = [
    { name: 'input', units: unitsOf(model.inputShape), kernel: null, last: null },
  ];
  for (const named of layersOf(model)) {
    const { name, layer } = named;
    const kernel = denseKernel(layer, named.outputShape);
    const column = columns.at(-1)!;
    if (kernel) columns.push({ name, units: kernel.shape[1]!, kernel, last: named });
    else if (isUnitwise(named, column)) columns.splice(-1, 1, { ...column, last: named });
    else throw notUnitwise(model, named);
  }
  if (columns.length > 1) return columns;
  throw notDense(model, 'none', 'Draw its layers with `plotModel(model)`.');
}

/** The weights of a layer that connects all units before it with all of its own. */
function denseKernel(layer: Layer, outputShape: PartialShape | null): Variable | undefined {
  if (outputShape?.length !== 2) return undefined;
  return layer.weights.find(
    ({ name, rank, shape }) => name === 'kernel' && rank === 2 && shape[1] === outputShape[1],
  );
}

/** Whether a layer has no weights between units: activations, dropout, normalization, Flatten. */
function isUnitwise({ layer, outputShape }: NamedLayer, { units }: UnitColumn): boolean {
  const isMixing = 'isHost' in layer || layer.weights.some(({ rank }) => rank > 1);
  return !isMixing && unitsOf(outputShape) === units;
}

const unitsOf = (shape: PartialShape | null) => sizeOf((shape ?? []).slice(1).map((n) => n ?? 0));

const notUnitwise = (model: Sequential, { layer, outputShape }: NamedLayer) =>
  notDense(
    model,
    `${layer.subject}, which gives ${showShape(outputShape ?? [])}`,
    'Draw what it computes with `plotActivations(model, x)`, or its layers with `plotModel(model)`.',
  );

const notDense = ({ subject }: Sequential, received: string, fix: string) =>
  problem('argument-value', {
    subject: 'plotNetwork',
    expected: `dense layers in ${subject}, and between them what changes units one by one`,
    received,
    fix,
  });

/** Values of each column's units: the inputs, and what the last layer of each column gives. */
export function valuesOf(
  columns: readonly UnitColumn[],
  inputs: ArrayLike<number>,
  outputs: readonly Given[],
): ArrayLike<number>[] {
  return columns.map(
    ({ last }) => outputs.find(({ name }) => name === last?.name)?.output.values() ?? inputs,
  );
}
