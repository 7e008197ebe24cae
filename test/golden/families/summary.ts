import type { JsonObject } from '../../../src/core/fields.js';
import { type GoldenTensor, sameText } from '../compare.js';
import { modelOf } from './models.js';

export interface SummaryCase {
  readonly id: string;
  readonly model: JsonObject;
  readonly options: { readonly show_trainable?: boolean; readonly expand_nested?: boolean };
  readonly line_length: number;
  readonly text: string;
  readonly total_params: number;
  readonly weights: readonly GoldenTensor[];
  readonly layers: readonly {
    readonly name: string;
    readonly params: number;
    readonly output_shape: unknown;
  }[];
}

export function checkSummary(c: SummaryCase): void {
  const model = modelOf(c.model);
  const lines: string[] = [];
  model.summary({
    lineLength: c.line_length,
    printFn: (text) => lines.push(text),
    showTrainable: c.options.show_trainable,
    expandNested: c.options.expand_nested,
  });
  sameText('text', lines.join('\n').split('\n'), c.text.split('\n'));
  sameText('number of parameters', model.countParams(), c.total_params);
  sameText(
    'shapes of weights',
    model.weights.map((w) => w.shape),
    c.weights.map((w) => w.shape),
  );
  const layers = model.layers.map((l) => ({
    name: l.name,
    params: l.countParams(),
    output_shape: model.outputShapeOf(l),
  }));
  sameText(
    'layers',
    layers,
    c.layers.map(({ name, params, output_shape }) => ({ name, params, output_shape })),
  );
}
