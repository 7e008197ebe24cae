import { expect, test } from 'vitest';
import {
  grey,
  inkOn,
  nearestColour,
  rgbOf,
  right,
  seriesColours,
  wrong,
} from '../../../src/plot/terminal/colours.js';

/** Source: WCAG 2.2, contrast ratio. */
function luminance(rgb: readonly number[]): number {
  const [red, green, blue] = rgb.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
const contrast = (a: readonly number[], b: readonly number[]) => {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
};

test('every colour stands out from black and from white', () => {
  for (const colour of [...seriesColours, grey, right, wrong]) {
    expect(contrast(rgbOf(colour), [0, 0, 0]), `${colour} on black`).toBeGreaterThan(3);
    expect(contrast(rgbOf(colour), [255, 255, 255]), `${colour} on white`).toBeGreaterThan(3);
  }
  expect(new Set(seriesColours).size).toBe(8);
});

test('the nearest of the 256 colours is the colour itself where it is one of them', () => {
  for (let colour = 16; colour < 256; colour++) {
    const rgb = rgbOf(colour);
    expect(rgbOf(nearestColour(rgb))).toEqual(rgb);
  }
  expect(nearestColour([60, 62, 61])).toBeGreaterThanOrEqual(232);
  expect(nearestColour([0, 50, 90])).toBeLessThan(232);
});

test('words on a ground are black or white, whichever is read', () => {
  for (const ground of [
    [255, 255, 200],
    [20, 60, 120],
    [0, 0, 0],
    [255, 255, 255],
    [60, 150, 140],
    [200, 80, 60],
  ] as const) {
    expect(contrast(rgbOf(inkOn(ground)), ground)).toBeGreaterThan(4.5);
  }
});
