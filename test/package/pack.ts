import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What `npm pack` puts into the tarball, and how large it is once installed. */
export interface Packed {
  readonly filename: string;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'myelin-'));
}

/** Packs the built package; `--dry-run` writes nothing. */
export function pack(...options: string[]): Packed {
  const { npm_execpath } = process.env;
  const [command, first] = npm_execpath ? [process.execPath, [npm_execpath]] : ['npm', []];
  const args = [...first, 'pack', '--json', '--ignore-scripts', ...options];
  const [packed] = JSON.parse(execFileSync(command, args, { encoding: 'utf8', stdio: 'pipe' })) as Packed[];
  if (!packed) throw new Error('npm pack said nothing.');
  return packed;
}

/** A project that has nothing but the tarball. */
export function installed(): string {
  const folder = newFolder();
  const { filename } = pack('--pack-destination', folder);
  const target = join(folder, 'node_modules', 'myelin');
  mkdirSync(target, { recursive: true });
  execFileSync('tar', ['-xzf', join(folder, filename), '-C', target, '--strip-components', '1']);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  return folder;
}
