/** The text of `model.summary()`, character by character that of Keras. */

import { int } from '../core/fields.js';
import { checkOptionNames } from '../core/option-names.js';
import { parseValue } from '../core/schema.js';
import type { PartialShape } from '../core/shape.js';
import type { Layer } from '../layers/layer.js';
import type { Variable } from '../tensor/variable.js';
import type { Compilation } from './compile.js';
import { type Column, drawTable } from './table.js';
import { terminalWidth } from './terminal.js';

export interface SummaryOptions {
  /** Takes the text; prints it when left out. */
  readonly printFn?: ((text: string) => void) | undefined;
  /** Width in characters. Default 88, or what the terminal has. */
  readonly lineLength?: number | undefined;
  /** Whether to show the layers of models inside. Default false. */
  readonly expandNested?: boolean | undefined;
  /** Whether to show which layers training changes. Default false. */
  readonly showTrainable?: boolean | undefined;
}

interface Summarized {
  readonly name: string;
  readonly layers: readonly Layer[];
  readonly trainableWeights: readonly Variable[];
  readonly nonTrainableWeights: readonly Variable[];
  readonly compilation: Compilation | null;
  outputShapeOf(layer: Layer): PartialShape | null;
}

export function summaryText(model: Summarized, options: Omit<SummaryOptions, 'printFn'>): string {
  const names = ['printFn', 'lineLength', 'expandNested', 'showTrainable'];
  checkOptionNames('summary', names, options, 'model.summary({ lineLength: 80 })');
  const { showTrainable = false, expandNested = false } = options;
  const width =
    options.lineLength === undefined ? defaultWidth(showTrainable) : checkedWidth(options.lineLength);
  const rows = rowsOf(model, { showTrainable, expandNested });
  return [
    `Model: "${model.name}"`,
    drawTable(columns(width, showTrainable), rows, width),
    ...totals(model),
    '',
  ].join('\n');
}

const defaultWidth = (showTrainable: boolean) => Math.min(showTrainable ? 99 : 88, terminalWidth() - 4);
// Below, a column would have no room for text.
const checkedWidth = (width: number) => parseValue('summary lineLength', int({ min: 40 }), width);

function columns(lineLength: number, showTrainable: boolean): Column[] {
  const ends = showTrainable ? [0.45 * 0.9, 0.8 * 0.9, 0.9, 1] : [0.45, 0.8, 1];
  const places = ends.map((end) => Math.floor(end * lineLength));
  const width = (i: number) => places[i]! - (places[i - 1] ?? 0);
  return [
    { header: 'Layer (type)', width: width(0), align: 'left' },
    { header: 'Output Shape', width: width(1), align: 'left' },
    { header: 'Param #', width: width(2), align: 'right' },
    ...(showTrainable ? [{ header: 'Trainable', width: width(3), align: 'center' } as const] : []),
  ];
}

type Shown = Required<Pick<SummaryOptions, 'expandNested' | 'showTrainable'>>;

function rowsOf(model: Pick<Summarized, 'layers' | 'outputShapeOf'>, shown: Shown, prefix = ''): string[][] {
  return model.layers.flatMap((layer) => {
    const first = row(model, layer, shown, prefix);
    const inner = shown.expandNested && isModel(layer) ? rowsOf(layer, shown, `   ${prefix || '└ '}`) : [];
    return [first, ...inner];
  });
}

const isModel = (layer: Layer): layer is Layer & Pick<Summarized, 'layers' | 'outputShapeOf'> =>
  'outputShapeOf' in layer;

function row(
  model: Pick<Summarized, 'outputShapeOf'>,
  layer: Layer,
  { showTrainable }: Shown,
  prefix: string,
): string[] {
  const trainable = layer.weights.length === 0 ? '-' : layer.trainable ? 'Y' : 'N';
  return [
    `${prefix}${layer.name} (${layer.className})`,
    shapeText(model.outputShapeOf(layer)),
    layer.built ? thousands(layer.countParams()) : '0 (unbuilt)',
    ...(showTrainable ? [trainable] : []),
  ];
}

/** A shape as Python writes it. */
const shapeText = (shape: PartialShape | null): string => {
  if (!shape) return '?';
  const sizes = shape.map((n) => n ?? 'None');
  return sizes.length === 1 ? `(${sizes[0]},)` : `(${sizes.join(', ')})`;
};

function totals({ trainableWeights, nonTrainableWeights, compilation }: Summarized): string[] {
  const kept = compilation?.optimizer.isBuilt ? compilation.optimizer.variables : [];
  const line = (label: string, weights: readonly Variable[]) =>
    ` ${label}: ${thousands(countOf(weights))} (${sizeText(weights)})`;
  return [
    line('Total params', [...trainableWeights, ...nonTrainableWeights, ...kept]),
    line('Trainable params', trainableWeights),
    line('Non-trainable params', nonTrainableWeights),
    ...(kept.length > 0 ? [line('Optimizer params', kept)] : []),
  ];
}

const countOf = (weights: readonly Variable[]) => weights.reduce((total, { size }) => total + size, 0);
const thousands = (count: number) => count.toLocaleString('en-US');

const bytesPerElement = 4;
/** Bytes in Keras's words: `397.54 KB`. */
function sizeText(weights: readonly Variable[]): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'];
  let size = countOf(weights) * bytesPerElement;
  let unit = 0;
  for (; size >= 1024 && unit < units.length - 1; unit++) size /= 1024;
  return `${size.toFixed(2)} ${units[unit]}`;
}
