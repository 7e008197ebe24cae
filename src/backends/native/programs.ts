/** Finds programs as a shell would, but asks none. */

/** The absolute path of a program. Relative folders in PATH are passed over: they are not the user's choice. */
export function pathOf(name: string): string | undefined {
  const { isAbsolute, join, resolve } = process.getBuiltinModule('node:path');
  if (name.includes('/')) return isProgram(resolve(name)) ? resolve(name) : undefined;
  const folders = (process.env.PATH ?? '').split(':').filter(isAbsolute);
  return folders.map((folder) => join(folder, name)).find(isProgram);
}

function isProgram(path: string): boolean {
  const { accessSync, constants, statSync } = process.getBuiltinModule('node:fs');
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
