/** Where files are kept from one process to the next. Node only. */

/**
 * The folder for one `part` of what is kept: below `MYELIN_CACHE_DIR`, else where the system has such files for a user
 * with a home.
 */
export function cacheDirectory(part: string): string | undefined {
  const { isAbsolute, join, resolve } = process.getBuiltinModule('node:path');
  const { MYELIN_CACHE_DIR: named, XDG_CACHE_HOME: shared, LOCALAPPDATA: local } = process.env;
  const { platform } = process;
  if (named) return join(resolve(named), part);
  if (platform === 'win32' && local && isAbsolute(local)) return join(local, 'myelin', part);
  // A relative one is to be ignored, says the XDG Base Directory Specification.
  if (platform !== 'darwin' && shared && isAbsolute(shared)) return join(shared, 'myelin', part);
  const home = homeDirectory();
  return home && join(home, ...(platform === 'darwin' ? ['Library', 'Caches'] : ['.cache']), 'myelin', part);
}

/** A container may run for a user that the system does not know, who has none. */
function homeDirectory(): string | undefined {
  try {
    const home = process.getBuiltinModule('node:os').homedir(); // what HOME says, even if nothing
    return process.getBuiltinModule('node:path').isAbsolute(home) ? home : undefined;
  } catch {
    return undefined;
  }
}
