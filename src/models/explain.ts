/** The programs of a model, stage by stage. */

import { problem } from '../core/errors.js';
import type { PartialShape, Shape } from '../core/shape.js';
import type { Optimizer } from '../nn/optimizers/optimizer.js';
import { arange, zeros } from '../tensor/create.js';
import { explainCompiled } from '../tensor/explain.js';
import { Compilation } from './compile.js';
import type { TrainableModel } from './model.js';
import { batchCounter, inOrder, predictStep, trainStep } from './steps.js';

export interface ExplainOptions {
  /** Examples in one step. Default 32. */
  readonly batchSize?: number;
}

/**
 * Everything that happens to the training step (once compiled) and to the prediction of a model, as one text: the
 * graph, each pass over it, the schedules of the kernels, the memory plan and the loop nests. The stages are those of
 * `explainCompiled`. The model must know its input shape; nothing is trained.
 *
 * @example
 * const model = new Sequential([new Dense(1, { inputShape: [2] })]);
 * console.log(explain(model));
 */
export function explain(model: TrainableModel, { batchSize = 32 }: ExplainOptions = {}): string {
  const { inputShape, outputShape, compilation } = model;
  if (!inputShape || !outputShape) throw notBuilt(model.subject);
  const batch = (shape: readonly (number | null)[]) => [batchSize, ...(shape.slice(1) as Shape)];
  const x = zeros(batch(inputShape));
  const parts: [string, ReadonlyMap<string, string>][] = [];
  if (compilation) {
    const y = zeros(targetShape(compilation, batch(outputShape)));
    const { measures, optimizer } = trial(compilation, y.shape, outputShape);
    const step = inOrder(trainStep(model, measures, optimizer), batchCounter(), batchSize);
    parts.push(['training step', explainCompiled(step, { x, y, order: arange(batchSize) })]);
  }
  parts.push(['prediction', explainCompiled(predictStep(model), { x })]);
  const sections = parts.flatMap(([title, stages]) =>
    [...stages].map(([stage, text]) => `== ${model.name}: ${title}, ${stage} ==\n${text}`),
  );
  return sections.join('\n\n');
}

/** Measures and an optimizer of their own, so that those of the model stay as they are. */
function trial({ options, optimizer }: Compilation, yTrue: Shape, yPred: PartialShape) {
  const type = optimizer.constructor as new (options: object) => Optimizer;
  const measures = new Compilation(options).measuresFor(yTrue, yPred);
  return { measures, optimizer: new type(optimizer.config) };
}

/** Losses of class numbers take a number where others take a row. */
function targetShape(compilation: Compilation, outputShape: Shape): Shape {
  const { loss } = compilation.measuresFor(outputShape, outputShape);
  return loss.targets(outputShape)?.isPaired === false ? outputShape.slice(0, -1) : outputShape;
}

const notBuilt = (subject: string) =>
  problem('not-built', {
    subject,
    expected: 'to know the shape of its inputs before it is explained',
    received: 'none',
    fix: 'Give the first layer an `inputShape`.',
  });
