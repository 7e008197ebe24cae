import { expect, test } from 'vitest';

test('the page is cross-origin isolated, so memory can be shared between threads', () => {
  expect(crossOriginIsolated).toBe(true);
  expect(new SharedArrayBuffer(8).byteLength).toBe(8);
});

test('the built package loads in a page', async () => {
  expect(Object.keys(await import('myelin'))).toContain('Sequential');
});
