import { afterEach, expect, it, vi } from 'vitest';
import { environment } from '../../src/core/environment.js';

afterEach(() => vi.unstubAllGlobals());

it('a variable that may not be read counts as none', () => {
  const read = vi.fn(() => {
    throw new Error('Requires env access');
  });
  vi.stubGlobal('process', { env: new Proxy({}, { get: read }) });
  expect(environment('MYELIN_BACKEND')).toBe(undefined);
  expect(read).toHaveBeenCalledOnce();
});
