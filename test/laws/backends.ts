/** Every backend that this version has, by name. */
import { setBackend } from '../../src/backends/choose.js';
import { MyelinError } from '../../src/core/errors.js';

/** Names that DESIGN.md gives; those unknown so far are left out, and picked up when they exist. */
const names = ['reference', 'wasm', 'native', 'webgpu'] as const;

export const choose = (name: string): void => setBackend(name as Parameters<typeof setBackend>[0]);

function isKnown(name: string): boolean {
  try {
    choose(name);
    return true;
  } catch (error) {
    if (error instanceof MyelinError) return false;
    throw error;
  }
}

/** Backends that run here, each in float32. */
export const availableBackends: readonly string[] = names.filter(isKnown);

export const onBackend = <T>(name: string, body: () => T): T => {
  choose(name);
  return body();
};
export const onOracle = <T>(body: () => T): T => {
  setBackend('reference', { precision: 'float64' });
  return body();
};
