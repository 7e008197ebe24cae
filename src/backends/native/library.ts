/** Libraries that Node loads. They stay loaded until the process ends, which is how Node does it. */
import { problem } from '../../core/errors.js';
import type { NativeMain } from '../accelerator.js';
import { discardLibrary } from './build.js';

/** Throws a BackendError for a file that the system does not load: a broken one, or one from a place that forbids it. */
export function loadLibrary(path: string): NativeMain {
  const library = { exports: {} };
  try {
    process.dlopen(library, path);
  } catch (error) {
    discardLibrary(path);
    throw problem('backend-missing', {
      subject: "Backend 'native'",
      expected: 'a compiled library that loads',
      received: (error as Error).message.replace(/\.$/, ''),
      fix: 'Let MYELIN_CACHE_DIR name a folder of yours from which programs may run.',
    });
  }
  return library.exports as NativeMain;
}
