/** A picture as SVG. */

import { problem } from '../../core/errors.js';
import { keyedFingerprint64 } from '../../core/fingerprint.js';
import { checkOptionNames } from '../../core/option-names.js';
import type { Picture } from '../description.js';
import { describePicture } from './describe.js';
import { node, type SvgNode, serialise } from './node.js';
import { Paints } from './paint.js';
import { drawPicture } from './picture.js';

export interface SvgOptions {
  /** In units of the drawing, which are pixels unless the page scales it. Default 720; at least 160. */
  readonly width?: number;
  /** Default `auto`: as the reader's system asks, light where it does not. */
  readonly theme?: 'auto' | 'light' | 'dark';
}

// Without quotes, which XML would have to escape; names of several words need none.
const fonts = 'system-ui,-apple-system,Segoe UI,Roboto,Helvetica Neue,Arial,sans-serif';
const [leastWidth, mostWidth] = [160, 10_000];

export const svgOf = (picture: Picture, options: SvgOptions): string => serialise(svgNode(picture, options));

/** The whole drawing. Its class is made from what it holds, so pictures of one page do not style each other. */
export function svgNode(picture: Picture, options: SvgOptions): SvgNode {
  checkOptionNames('svg', ['width', 'theme'], options, 'plot.svg({ width: 480 })');
  const { width = 720, theme = 'auto' } = options;
  checkOptions(width, theme);
  const paints = new Paints(theme);
  const surface = paints.basic('surface');
  const { height, children } = drawPicture(picture, width, paints);
  const name = (picture.title || picture.panels.find(({ title }) => title)?.title) ?? 'Plot';
  const body = node(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${Math.round(width)} ${Math.ceil(height)}` },
    node('title', {}, name),
    node('desc', {}, describePicture(picture)),
    node('rect', { width: Math.round(width), height: Math.ceil(height), rx: 6, ...paints.fill(surface) }),
    ...children,
  );
  const root = `plot-${keyedFingerprint64(serialise(body) + theme, [0, 0]).toString(36)}`;
  const css = `.${root}{font-family:${fonts};font-variant-numeric:tabular-nums}${paints.css(root)}`;
  const attributes = {
    ...body.attributes,
    class: root,
    width: Math.round(width),
    height: Math.ceil(height),
    role: 'img',
    'aria-label': name,
  };
  return node('svg', attributes, node('style', {}, css), ...body.children);
}

function checkOptions(width: number, theme: string): void {
  if (!(Number.isFinite(width) && width >= leastWidth && width <= mostWidth))
    throw problem('option-value', {
      subject: 'svg width',
      expected: `a number from ${leastWidth} to ${mostWidth}`,
      received: String(width),
    });
  if (!['auto', 'light', 'dark'].includes(theme))
    throw problem('option-value', {
      subject: 'svg theme',
      expected: "'auto', 'light' or 'dark'",
      received: String(theme),
    });
}
