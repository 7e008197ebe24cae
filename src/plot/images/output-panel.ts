/** What a layer gives for one input, as a panel. */

import { showShape } from '../../core/shape.js';
import type { Tensor } from '../../tensor/tensor.js';
import type { ChartPanel, Image, ImagesPanel, Panel } from '../description.js';
import { imageOf, misfitNotes, noMisfits, rangeText, type Span } from './pixels.js';
import type { Given } from './run.js';

/** The most units that are drawn as bars. */
const mostBars = 32;
/** Pictures of channels in a row. */
const inRow = 8;

interface Drawn {
  readonly panel?: Panel;
  readonly notes?: readonly string[];
}

export function outputPanel(
  given: Given,
  max: number,
  classes: readonly string[] | null,
  isChannelsFirst: boolean,
): Drawn {
  const { name, output } = given;
  const sample = output.shape.slice(1);
  const values = output.values();
  const span = spanOf(values);
  const title = `${name} ${showShape(sample)}: ${rangeText(span.least, span.largest)}`;
  if (values.length === 0 || sample.length > 3)
    return { notes: [`${name} gives ${showShape(sample)}, which has no picture.`] };
  if (sample.length === 3) return channelImages(given, title, span, max, isChannelsFirst);
  if (sample.length === 2) return { panel: strip(title, rowsOf(output), span, ['step', 'channel']) };
  if (sample.length === 0 || values.length <= mostBars) return { panel: bars(title, values, classes) };
  return { panel: strip(title, [values], span, ['unit', '']) };
}

/** Least and largest value, and what is drawn black and white: 0 is black where nothing lies below. */
function spanOf(values: ArrayLike<number>) {
  let [least, largest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < values.length; i++) {
    const v = values[i]!;
    if (!Number.isFinite(v)) continue;
    if (v < least) least = v;
    if (v > largest) largest = v;
  }
  if (least > largest) [least, largest] = [0, 0];
  const low = Math.min(0, least);
  return { least, largest, low, high: largest > low ? largest : low + 1 };
}

/** A grey picture for each of the first channels. */
function channelImages(given: Given, title: string, span: Span, max: number, isFirst: boolean): Drawn {
  const { name, output } = given;
  const sizes = output.shape.slice(1) as [number, number, number];
  const [height, width, channels] = isFirst ? [sizes[1], sizes[2], sizes[0]] : sizes;
  const values = output.values();
  const misfits = noMisfits();
  const images = Array.from({ length: Math.min(channels, max) }, (_, c): Image => {
    const at = (i: number) => values[isFirst ? c * width * height + i : i * channels + c]!;
    return { ...imageOf({ width, height, channels: 1 }, at, span, misfits), caption: `${c}` };
  });
  const panel: ImagesPanel = { kind: 'images', title, images, columns: Math.min(images.length, inRow) };
  const notes = [
    ...(channels > max ? [`${name}: the first ${max} of ${channels} channels.`] : []),
    ...misfitNotes(misfits, span, '').map((text) => `${name}: ${text}`),
  ];
  return { panel, notes };
}

/** Rows of a matrix `[1, steps, channels]`: one for each channel. */
function rowsOf(output: Tensor): number[][] {
  const [, steps = 0, channels = 0] = output.shape;
  const values = output.values();
  return Array.from({ length: channels }, (_, c) =>
    Array.from({ length: steps }, (_, s) => values[s * channels + c]!),
  );
}

/** Values as colours, row below row. */
function strip(
  title: string,
  rows: readonly ArrayLike<number>[],
  { low, high }: Span,
  [xLabel, yLabel]: readonly [string, string],
): ChartPanel {
  const [width, height] = [rows[0]?.length ?? 0, rows.length];
  const isSigned = low < 0;
  const most = Math.max(-low, high);
  return {
    kind: 'chart',
    title,
    x: { label: xLabel, domain: [-0.5, width - 0.5], whole: true },
    y:
      height === 1
        ? { label: yLabel, scale: 'band', categories: [''] }
        : { label: yLabel, domain: [-0.5, height - 0.5], whole: true, reversed: true },
    marks: [
      {
        kind: 'cells',
        values: rows,
        x: [-0.5, width - 0.5],
        y: [-0.5, height - 0.5],
        palette: isSigned ? 'diverging' : 'sequential',
        domain: isSigned ? [-most, most] : [low, high],
        name: 'output',
      },
    ],
  };
}

function bars(title: string, values: ArrayLike<number>, classes: readonly string[] | null): ChartPanel {
  const places = Array.from({ length: values.length }, (_, i) => i);
  return {
    kind: 'chart',
    title,
    x: { label: classes ? 'class' : 'unit', scale: 'band', categories: classes ?? places.map(String) },
    y: { label: 'output' },
    marks: [
      {
        kind: 'rectangles',
        series: 0,
        x0: places.map((i) => i - 0.4),
        x1: places.map((i) => i + 0.4),
        y0: places.map(() => 0),
        y1: values,
      },
    ],
  };
}
