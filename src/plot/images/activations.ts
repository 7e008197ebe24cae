import { problem } from '../../core/errors.js';
import { either, int, listOf, maybe, text } from '../../core/fields.js';
import { didYouMean } from '../../core/schema.js';
import type { Options } from '../../core/settings.js';
import { list, show } from '../../core/text.js';
import type { Inputs } from '../../models/data-adapter.js';
import type { Sequential } from '../../models/sequential.js';
import type { Panel } from '../description.js';
import { Plot } from '../plot.js';
import { settingsOf } from '../settings.js';
import { outputPanel } from './output-panel.js';
import { checkModel, type Given, layersOf, type NamedLayer, oneInput, outputsOf } from './run.js';

const fields = () => ({
  /**
   * Names or places of the layers that are drawn; those of models inside are `outer/inner`. Default: all that
   * change values.
   */
  layers: maybe(listOf(either(text(), int()))),
  /** How many channels of a layer at most; a note says how many were left out. */
  max: int(16, { min: 1 }),
  /** What the outputs of the last layer are called, when it has as many. */
  classes: maybe(listOf(text())),
  /** Above all panels. Default: the model's name. */
  title: maybe(text()),
});

export interface ActivationsOptions extends Options<ReturnType<typeof fields>> {}

/**
 * What the layers of a model give for one input, a panel for each layer: pictures of the channels of `[h, w,
 * channels]` (black is 0 or the least value, white the largest of the layer), bars for up to 32 units, a
 * strip of colours for more and for `[steps, channels]`. Layers that give their inputs on, as Dropout and
 * Flatten do here, are left out unless named.
 *
 * `x` is one input, with or without its batch axis. The model is run as `predict` runs it, and stays as it
 * is.
 *
 * Throws a ShapeError for several inputs and other shapes, a StateError for a model without weights yet, a
 * ConfigError for layers that it has not.
 *
 * @example
 * import { Conv2D, Dense, Flatten, ones, Sequential } from 'myelin';
 * import { plotActivations } from 'myelin/plot';
 * const model = new Sequential([new Conv2D(4, 3, { inputShape: [8, 8, 1] }), new Flatten(), new Dense(2)]);
 * const plot = await plotActivations(model, ones([8, 8, 1]));
 * plot.picture.panels.length; // 2
 */
export async function plotActivations(
  model: Sequential,
  x: Inputs,
  options: ActivationsOptions = {},
): Promise<Plot> {
  const settings = settingsOf('plotActivations(model, x, { max: 8 })', fields(), options);
  checkModel('plotActivations', model);
  const chosen = settings.layers && chosenOf(model, settings.layers);
  const input = oneInput('plotActivations', model, x);
  const outputs = outputsOf(model, input);
  for (const { output } of outputs) await output.read();
  const before = (i: number) => outputs[i - 1]?.output.values() ?? input.values();
  const drawn = outputs.filter(({ name, output }, i) =>
    chosen ? chosen.includes(name) : !isSame(before(i), output.values()),
  );
  const classes = classesFor(settings.classes, outputs.at(-1)!);
  const notes: string[] = [];
  const panels = drawn.flatMap((given): Panel[] => {
    const isLast = given === outputs.at(-1);
    const { panel, notes: said = [] } = outputPanel(
      given,
      settings.max,
      isLast ? classes : null,
      channelsFirst(outputs, given),
    );
    notes.push(...said);
    return panel ? [panel] : [];
  });
  return new Plot({
    title: settings.title ?? model.subject,
    panels,
    columns: 1,
    ...(notes.length > 0 && { notes }),
  });
}

/** Whether a layer's channels stand first: as the last layer up to it says that has a word on it. */
function channelsFirst(outputs: readonly Given[], given: Given): boolean {
  const before = outputs.slice(0, outputs.indexOf(given) + 1);
  const speaking = before.findLast(({ layer }) => 'dataFormat' in layer)?.layer;
  return (speaking as { readonly dataFormat?: string } | undefined)?.dataFormat === 'channels_first';
}

/** The names from outside of the layers that are asked for. */
function chosenOf(model: Sequential, asked: readonly (string | number)[]): string[] {
  const named = layersOf(model);
  return asked.flatMap((which) => {
    const found = named.find(({ name }) => name === which);
    if (found) return [found.name];
    // A model inside by its own name, or a place.
    const { layers } = model;
    const layer = typeof which === 'number' ? layers.at(which) : layers.find((each) => each.name === which);
    if (!layer) throw unknownLayer(model, which, named);
    return named
      .filter(({ name }) => name === layer.name || name.startsWith(`${layer.name}/`))
      .map(({ name }) => name);
  });
}

const unknownLayer = (model: Sequential, which: string | number, named: readonly NamedLayer[]) => {
  const names = [...new Set([...named, ...model.layers].map(({ name }) => name))];
  return problem('name-unknown', {
    subject: 'plotActivations layers',
    expected: typeof which === 'number' ? `places from 0 to ${model.layers.length - 1}` : list(names),
    received: show(which),
    fix: typeof which === 'string' ? didYouMean(which, names) : undefined,
  });
};

function classesFor(classes: readonly string[] | null, { name, output }: Given): readonly string[] | null {
  if (classes === null || classes.length === output.size) return classes;
  throw problem('length-mismatch', {
    subject: 'plotActivations classes',
    expected: `${output.size}, one for each output of '${name}'`,
    received: String(classes.length),
  });
}

const isSame = (a: ArrayLike<number>, b: ArrayLike<number>): boolean =>
  a.length === b.length && Array.prototype.every.call(a, (v, i) => Object.is(v, b[i]));
