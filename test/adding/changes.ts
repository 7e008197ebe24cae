/** The changes that `docs/adding.md` shows, made to a copy of the sources. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** One fenced block of the page. */
export interface Shown {
  /** The heading that it stands under. */
  readonly section: string;
  readonly code: string;
}

const page = readFileSync('docs/adding.md', 'utf8');

/** Blocks of one language, in the order of the page. */
function blocksOf(language: string): Shown[] {
  return page.split(/^## /m).flatMap((section) => {
    const title = section.slice(0, section.indexOf('\n'));
    const blocks = section.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'));
    return [...blocks].map(([, code]) => ({ section: title, code: code! }));
  });
}

export const diffs = blocksOf('diff');
/** What can be written after the changes. */
export const uses = blocksOf('typescript');

/** Files of src that a diff changes or makes. */
export const filesOf = ({ code }: Shown): string[] =>
  [...code.matchAll(/^\+\+\+ b\/(.*)$/gm)].map(([, file]) => file!);

/** A copy of what the changes and the law tests need. */
export function copyOfSources(): string {
  const folder = mkdtempSync(join(tmpdir(), 'myelin-adding-'));
  for (const part of ['src', 'test/laws', 'package.json', 'tsconfig.json'])
    cpSync(part, join(folder, part), { recursive: true });
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** What `git apply` says about a diff; nothing when it fits. */
export function apply({ code }: Shown, folder: string, ...options: string[]): string {
  // The folder is in no repository, or git would look for the files in that one.
  const env = { ...process.env, GIT_CEILING_DIRECTORIES: tmpdir() };
  const { status, stderr } = spawnSync('git', ['apply', ...options, '-'], {
    cwd: folder,
    env,
    input: code,
    encoding: 'utf8',
  });
  return status === 0 ? '' : stderr || `exit ${status}`;
}

/** A copy of the sources with all the changes. */
export function changedCopy(): string {
  const folder = copyOfSources();
  const failures = diffs.map((diff) => apply(diff, folder)).filter((message) => message !== '');
  if (failures.length > 0) throw new Error(failures.join('\n'));
  return folder;
}

/** Writes each use to a file beside the changed sources. */
export function writeUses(folder: string, textOf: (code: string) => string, under: string): string[] {
  mkdirSync(join(folder, under), { recursive: true });
  return uses.map(({ code }, i) => {
    const file = join(folder, under, `use${i}.ts`);
    writeFileSync(file, textOf(code));
    return file;
  });
}
