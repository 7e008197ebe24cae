import { bool, maybe, text } from '../../core/fields.js';
import type { Options } from '../../core/settings.js';
import { showShape } from '../../core/shape.js';
import type { Sequential } from '../../models/sequential.js';
import type { DiagramNode } from '../description.js';
import { checkModel, layersOf, type NamedLayer } from '../images/run.js';
import { Plot } from '../plot.js';
import { settingsOf } from '../settings.js';

const fields = () => ({
  /** Whether boxes have the shape of what the layer gives. Default true. */
  showShapes: bool(true),
  /** Whether boxes have the layer's name beside its class. Default true. */
  showLayerNames: bool(true),
  /** Above the boxes. Default: the model and its number of parameters. */
  title: maybe(text()),
});

export interface ModelPlotOptions extends Options<ReturnType<typeof fields>> {}

/** Height of a line of text, room around the text of a box, between boxes, and around all. */
const line = 16;
const padding = 10;
const between = 26;
const margin = 10;
/** About how wide a letter is, and the least width of a box. */
const letter = 7.8;
const narrowest = 200;

/**
 * The layers of a model as boxes, one below the other: name and class, shape of the output, number of
 * parameters. Layers of a model inside stand in its place, named `outer/inner`. As keras.utils.plot_model.
 *
 * Throws a ConfigError for anything but a model and for other options, a StateError for a model that does not
 * know its shapes yet.
 *
 * @example
 * import { Dense, Sequential } from 'myelin';
 * import { plotModel } from 'myelin/plot';
 * const plot = plotModel(new Sequential([new Dense(10, { inputShape: [784] })], { name: 'digits' }));
 * plot.picture.title; // "Sequential 'digits': 7,850 parameters"
 */
export function plotModel(model: Sequential, options: ModelPlotOptions = {}): Plot {
  const { title, ...shown } = settingsOf('plotModel(model, { showShapes: false })', fields(), options);
  checkModel('plotModel', model);
  const texts = [
    ['input', ...(shown.showShapes ? [showShape(model.inputShape!)] : [])],
    ...layersOf(model).map((named) => textOf(named, shown)),
  ];
  const longest = Math.max(...texts.flat().map(({ length }) => length));
  const width = Math.max(narrowest, longest * letter + 2 * padding);
  let top = margin;
  const nodes = texts.map((text): DiagramNode => {
    const height = text.length * line + 2 * padding;
    const y = top + height / 2;
    top += height + between;
    return { x: margin + width / 2, y, width, height, shape: 'box', text };
  });
  const edges = nodes.slice(1).map((_, i) => ({ from: i, to: i + 1 }));
  return new Plot({
    title: title ?? `${model.subject}: ${counted(model.countParams())}`,
    panels: [{ kind: 'diagram', width: width + 2 * margin, height: top - between + margin, nodes, edges }],
  });
}

const counted = (count: number) =>
  `${count.toLocaleString('en-US')} ${count === 1 ? 'parameter' : 'parameters'}`;

interface Shown {
  readonly showShapes: boolean;
  readonly showLayerNames: boolean;
}

function textOf({ name, layer, outputShape }: NamedLayer, { showShapes, showLayerNames }: Shown): string[] {
  const count = layer.countParams();
  return [
    showLayerNames ? `${name} (${layer.className})` : layer.className,
    ...(showShapes ? [outputShape ? showShape(outputShape) : 'shape not known'] : []),
    ...(count > 0 ? [counted(count)] : []),
  ];
}
