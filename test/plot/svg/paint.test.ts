import { expect, test } from 'vitest';
import { Paints } from '../../../src/plot/svg/paint.js';

/** Source: WCAG 2.2, contrast ratio. */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
const contrast = (a: string, b: string) => {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
};

test.each(['light', 'dark'] as const)('words on any colour of a %s picture are read', (theme) => {
  const paints = new Paints(theme);
  const steps = Array.from({ length: 65 }, (_, i) => i / 64);
  const grounds = [
    ...steps.map((share) => paints.sequential(share)),
    ...steps.map((share) => paints.diverging(2 * share - 1)),
    ...Array.from({ length: 8 }, (_, i) => paints.series(i)),
  ];
  for (const ground of grounds) {
    const [back, ink] = [paints.fill(ground), paints.fill(paints.on(ground))];
    expect(contrast(`${back.fill}`, `${ink.fill}`), ground).toBeGreaterThan(4.5);
  }
});
