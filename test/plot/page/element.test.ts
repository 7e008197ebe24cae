import { expect, test } from 'vitest';
import { plotLines } from '../../../src/plot/index.js';

test('outside of a page there is no element, and the error says what to call', () => {
  expect(() => plotLines({ a: [1] }).element()).toThrow(
    'plot.element expected a page with a document, received none.\n  fix    Outside of a browser use `plot.svg()`',
  );
});
