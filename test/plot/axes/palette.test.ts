import { expect, test } from 'vitest';
import {
  type Colour,
  divergingColour,
  contrast as ourContrast,
  sequentialColour,
  seriesColours,
  type Theme,
} from '../../../src/plot/axes/palette.js';

/** WCAG 2.2. */
const luminance = (colour: Colour) => {
  const [r, g, b] = colour.map((part) =>
    part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
};
const contrast = (a: Colour, b: Colour) => {
  const [dark, light] = [luminance(a), luminance(b)].sort((p, q) => p - q);
  return (light! + 0.05) / (dark! + 0.05);
};
/** How light a colour looks, 0 to 1: the L of OKLab. Ottosson, "A perceptual color space for image processing", 2020. */
function lightnessOf(colour: Colour): number {
  const [red, green, blue] = colour.map((part) =>
    part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
  ) as [number, number, number];
  const long = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const medium = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const short = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return 0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short;
}
const pages: Readonly<Record<Theme, Colour>> = { light: [255, 255, 255], dark: [22, 27, 34] };
const themes = ['light', 'dark'] as const;

test.each(themes)('every series stands out from a %s page by 3 to 1', (theme) => {
  expect(Math.min(...seriesColours[theme].map((colour) => contrast(colour, pages[theme])))).toBeGreaterThan(
    3,
  );
});

test.each(themes)('the sequential colours go away from a %s page in even steps', (theme) => {
  const lightness = Array.from({ length: 11 }, (_, i) => lightnessOf(sequentialColour(i / 10, theme)));
  const steps = lightness.slice(1).map((value, i) => Math.abs(value - lightness[i]!));
  expect(Math.max(...steps) - Math.min(...steps)).toBeLessThan(0.03);
  const away = [0, 1].map((share) => contrast(sequentialColour(share, theme), pages[theme]));
  expect(away[0]).toBeLessThan(1.5);
  expect(away[1]).toBeGreaterThan(9);
});

test.each(themes)('the diverging colours are as strong below 0 as above on a %s page', (theme) => {
  for (const share of [0.25, 0.5, 1]) {
    const [below, above] = [-share, share].map((value) => lightnessOf(divergingColour(value, theme)));
    expect(Math.abs(below! - above!)).toBeLessThan(0.03);
  }
  expect(contrast(divergingColour(0, theme), pages[theme])).toBeLessThan(1.5);
});

test('the contrast of two colours is that of WCAG', () => {
  expect(ourContrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21);
  expect(ourContrast([200, 72, 40], [22, 27, 34])).toBeCloseTo(contrast([200, 72, 40], [22, 27, 34]));
  expect(ourContrast([119, 119, 119], [119, 119, 119])).toBe(1);
});
