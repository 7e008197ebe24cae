/** What a compiled library depends on, as one number. */
import type { Compiler } from './compiler.js';

/** Two libraries of one key do the same on the same machine. */
export function keyOf(source: string, { command, version, macros, flags }: Compiler): string {
  const { realpathSync } = process.getBuiltinModule('node:fs');
  const machine = [process.platform, process.arch, processorModel()];
  const parts = [source, realpathSync(command), version, macros, ...flags, ...machine, libraryVersion()];
  // As JSON, so that no two lists of parts are the same text.
  return sha256(JSON.stringify(parts)).slice(0, 40);
}

export const sha256 = (content: string | Uint8Array): string =>
  process.getBuiltinModule('node:crypto').createHash('sha256').update(content).digest('hex');

let model: string | undefined;
function processorModel(): string {
  model ??= process.getBuiltinModule('node:os').cpus()[0]?.model ?? '';
  return model;
}

let own: string | undefined;
/** The package names itself. Inside another's bundle it has no name, and the source text alone tells versions apart. */
function libraryVersion(): string {
  own ??= askVersion();
  return own;
}

function askVersion(): string {
  try {
    const load = process.getBuiltinModule('node:module').createRequire(import.meta.url);
    return (load('myelin/package.json') as { version: string }).version;
  } catch {
    return 'bundled';
  }
}
