/**
 * The backends that laws are checked on: those of `MYELIN_TEST_BACKENDS`, else all that need no compiler, which takes a tenth
 * of a second for each program.
 */
import { setBackend } from '../../src/backends/choose.js';
import { MyelinError } from '../../src/core/errors.js';
import { leaveOut, rewriteNames } from '../../src/core/rewrites.js';

const names = process.env.MYELIN_TEST_BACKENDS?.split(',') ?? ['reference', 'wasm'];
if (names.includes('native')) (await import('../backends/native.js')).everyProgramInC();

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
/** Without rewrites, which would be wrong on both sides. */
export function onOracle<T>(body: () => T): T {
  setBackend('reference', { precision: 'float64' });
  leaveOut(rewriteNames);
  try {
    return body();
  } finally {
    leaveOut();
  }
}
