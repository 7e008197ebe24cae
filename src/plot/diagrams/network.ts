import { problem } from '../../core/errors.js';
import { type Field, int, listOf, maybe, text } from '../../core/fields.js';
import type { Options } from '../../core/settings.js';
import type { Inputs } from '../../models/data-adapter.js';
import type { Sequential } from '../../models/sequential.js';
import { short } from '../images/pixels.js';
import { checkModel, oneInput, outputsOf } from '../images/run.js';
import { Plot } from '../plot.js';
import { settingsOf } from '../settings.js';
import { columnsOf, type UnitColumn, valuesOf } from './columns.js';
import { networkDrawing } from './network-drawing.js';

const anyInput = (): Field<Inputs, Inputs> => ({
  expected: 'one input',
  parse: (given) => (typeof given === 'object' && given !== null ? given : undefined),
});

const fields = () => ({
  /** One input, with or without its batch axis: each unit is filled by what it gives for it. */
  activations: maybe(anyInput()),
  /** The most units of a layer that are drawn: its first and its last ones. */
  maxUnits: int(16, { min: 2 }),
  /** What the output units are called. */
  classes: maybe(listOf(text())),
  /** Above the network. Default: the model and its number of parameters. */
  title: maybe(text()),
});

export interface NetworkOptions extends Options<ReturnType<typeof fields>> {}

/**
 * A network of dense layers: units as circles, weights as lines, whose colour is their sign and whose width
 * and strength are their size beside the largest of the layer. With `activations` each unit is filled by what
 * it gives for that input, beside the largest of its layer where that is above 1. Layers that change units
 * one by one (activations, dropout, normalization, Flatten) count with the dense layer before them.
 *
 * Throws a ConfigError for a model with other layers and for other options, a StateError for one without
 * weights yet, a ShapeError for several inputs and other shapes, a DataError for too many or too few classes.
 *
 * @example
 * import { Dense, Sequential, tensor } from 'myelin';
 * import { plotNetwork } from 'myelin/plot';
 * const model = new Sequential([new Dense(3, { inputShape: [2], activation: 'tanh' }), new Dense(1)]);
 * const plot = plotNetwork(model, { activations: tensor([0.5, 1]) });
 * plot.picture.title; // "Sequential 'sequential': 13 parameters"
 */
export function plotNetwork(model: Sequential, options: NetworkOptions = {}): Plot {
  const settings = settingsOf('plotNetwork(model, { maxUnits: 10 })', fields(), options);
  checkModel('plotNetwork', model);
  const columns = columnsOf(model);
  const { activations, maxUnits, classes, title } = settings;
  checkClasses(classes, columns.at(-1)!);
  const input = activations === null ? null : oneInput('plotNetwork activations', model, activations);
  const values = input && valuesOf(columns, input.values(), outputsOf(model, input));
  const labels = labelsOf(classes, values?.at(-1));
  const isWhole = columns.every(
    ({ kernel }) => !kernel || Array.from(kernel.values()).every(Number.isFinite),
  );
  return new Plot({
    title: title ?? `${model.subject}: ${model.countParams().toLocaleString('en-US')} parameters`,
    panels: [networkDrawing(columns, maxUnits, { values, labels })],
    notes: [
      'Lines are weights: their colour is the sign, their width the size beside the largest of the layer.',
      ...(values
        ? ['Units are filled by what they give, beside the largest of the layer where it is above 1.']
        : []),
      ...(isWhole ? [] : ['Some weights are not finite: their lines say nothing.']),
    ],
  });
}

/** Probabilities of one width, so that what stands beside them is aligned. */
const inTwoPlaces = (value: number) => (Math.abs(value) < 10 ? value.toFixed(2) : short(value));

/** Value and class beside each output unit. */
function labelsOf(classes: readonly string[] | null, values: ArrayLike<number> | undefined): string[] | null {
  if (!classes && !values) return null;
  const units = classes?.length ?? values!.length;
  return Array.from({ length: units }, (_, i) => {
    const words = [values && inTwoPlaces(values[i]!), classes?.[i]];
    return words.filter((word) => word !== undefined).join('  ');
  });
}

function checkClasses(classes: readonly string[] | null, { name, units }: UnitColumn): void {
  if (classes === null || classes.length === units) return;
  throw problem('length-mismatch', {
    subject: 'plotNetwork classes',
    expected: `${units}, one for each unit of '${name}'`,
    received: String(classes.length),
  });
}
