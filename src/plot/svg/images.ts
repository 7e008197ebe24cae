/** Small pictures in rows, each with its caption. */

import { encode } from 'fast-png';
import type { Image, ImagesPanel } from '../description.js';
import { type Drawn, node, rounded, type SvgNode } from './node.js';
import type { Paints } from './paint.js';
import { boldShare, label, sizes, textWidth } from './text.js';

const usualWidth = 80;
const mostColumns = 10;
const gap = 12;
const captionHeight = 16;
const signs = { right: '✓ ', wrong: '✗ ' } as const;

export function drawImages(panel: ImagesPanel, width: number, paints: Paints): Drawn {
  const { images } = panel;
  if (images.length === 0) return { height: 0, children: [] };
  const cell = cellOf(panel, width);
  const hasCaptions = images.some(({ caption, verdict }) => caption || verdict);
  const rowHeight = cell.height + gap + (hasCaptions ? captionHeight : 0);
  const children = images.map((image, i) => {
    const x = (i % cell.columns) * (cell.width + gap);
    const y = Math.floor(i / cell.columns) * rowHeight;
    const place = `translate(${rounded(x)} ${rounded(y)})`;
    return node('g', { transform: place }, ...drawImage(image, cell, paints));
  });
  return { height: Math.ceil(images.length / cell.columns) * rowHeight - gap, children };
}

interface Cell {
  readonly columns: number;
  readonly width: number;
  /** Of the images alone. */
  readonly height: number;
  /** Side of a pixel. */
  readonly pixel: number;
}

function cellOf({ images, columns, pixelSize }: ImagesPanel, width: number): Cell {
  const widest = Math.max(1, ...images.map((image) => image.width));
  const highest = Math.max(1, ...images.map((image) => image.height));
  const wished = pixelSize ?? usualWidth / widest;
  const captions = Math.max(...images.map(({ caption, verdict }) => captionWidth(caption, verdict)));
  const natural = Math.max(wished * widest, Math.min(captions, 2 * usualWidth));
  const fitting = Math.max(1, Math.floor((width + gap) / (natural + gap)));
  // Rows of equal length, and not one image alone in the last.
  const rows = Math.ceil(images.length / Math.min(mostColumns, fitting));
  const count = Math.min(columns ?? Math.ceil(images.length / rows), images.length);
  const most = (width - gap * (count - 1)) / count;
  const pixel = Math.min(wished, most / widest);
  return { columns: count, width: Math.min(Math.max(natural, 1), most), height: pixel * highest, pixel };
}

const captionWidth = (caption: string | undefined, verdict: Image['verdict']) =>
  textWidth((verdict ? signs[verdict] : '') + (caption ?? ''), sizes.small, verdict === 'wrong');

function drawImage(image: Image, cell: Cell, paints: Paints): SvgNode[] {
  const { caption = '', verdict } = image;
  const [width, height] = [image.width * cell.pixel, image.height * cell.pixel];
  const x = (cell.width - width) / 2;
  const picture = node('image', {
    x,
    width,
    height,
    preserveAspectRatio: 'none',
    // Pixels are data: no colours in between.
    style: 'image-rendering:pixelated',
    href: pngAddress(image),
  });
  const frame = node('rect', { x, width, height, ...paints.stroke(paints.basic('grid')) });
  if (!caption && !verdict) return [picture, frame];
  const words = label((verdict ? signs[verdict] : '') + caption, {
    room: (cell.width + gap - 4) / (verdict === 'wrong' ? boldShare : 1),
    x: cell.width / 2,
    y: cell.height + sizes.small + 3,
    'text-anchor': 'middle',
    'font-weight': verdict === 'wrong' ? 600 : undefined,
    ...paints.fill(paints.basic(verdict ?? 'ink')),
  });
  return [picture, frame, words];
}

/** A PNG inside the SVG; of one channel when the image is grey. */
function pngAddress({ width, height, pixels }: Image): string {
  const isGrey = pixels.every((part, i) => part === pixels[i - (i % 3)]);
  const data = isGrey ? pixels.filter((_, i) => i % 3 === 0) : pixels;
  const bytes = encode({ width, height, data, channels: isGrey ? 1 : 3 });
  let characters = '';
  for (const byte of bytes) characters += String.fromCharCode(byte);
  return `data:image/png;base64,${btoa(characters)}`;
}
