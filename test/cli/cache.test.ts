import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os, { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { nameOf } from '../../src/backends/native/cache-files.js';
import { myelin } from './surroundings.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'myelin-'));
  vi.stubEnv('MYELIN_CACHE_DIR', folder);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

function library(key: string, mebibytes: number): string {
  mkdirSync(join(folder, 'native'), { recursive: true, mode: 0o700 });
  const content = Buffer.alloc(mebibytes * 2 ** 20);
  const path = join(folder, 'native', nameOf(key.repeat(40), content));
  writeFileSync(path, content);
  return path;
}

describe.skipIf(process.platform === 'win32')('myelin cache', () => {
  test('prints where compiled programs are, how many, and their size', async () => {
    const where = join(folder, 'native');
    expect((await myelin(['cache'])).lines).toEqual([`0 compiled programs, 0.0 MiB, in ${where}`]);
    library('a', 1);
    expect((await myelin(['cache'])).lines).toEqual([`1 compiled program, 1.0 MiB, in ${where}`]);
    library('b', 1.5);
    const answer = { lines: [`2 compiled programs, 2.5 MiB, in ${where}`], errors: [], code: 0 };
    expect(await myelin(['cache'])).toEqual(answer);
  });

  test('clear deletes them, and nothing else', async () => {
    const path = library('a', 1);
    const other = join(folder, 'native', 'other.node');
    writeFileSync(other, '');
    const line = `Deleted 1 compiled program, 1.0 MiB, in ${join(folder, 'native')}`;
    expect(await myelin(['cache', 'clear'])).toEqual({ lines: [line], errors: [], code: 0 });
    expect([existsSync(path), existsSync(other)]).toEqual([false, true]);
  });

  test('tells why a place is not used, and does not clear it', async () => {
    writeFileSync(join(folder, 'native'), '');
    const { lines, code } = await myelin(['cache']);
    expect(lines[1]).toBe(`Not used: ${join(folder, 'native')} is no directory`);
    expect(code).toBe(0);
    const cleared = await myelin(['cache', 'clear']);
    expect(cleared.code).toBe(1);
    expect(cleared.errors[0]).toBe(
      `BackendError: The cache at ${join(folder, 'native')} expected a folder that only you can write to, received ` +
        `${join(folder, 'native')} is no directory.`,
    );
  });

  test('says what to do when there is no place for it', async () => {
    vi.stubEnv('MYELIN_CACHE_DIR', undefined);
    vi.stubEnv('XDG_CACHE_HOME', undefined);
    vi.spyOn(os, 'homedir').mockImplementation(() => {
      throw new Error('uv_os_homedir returned ENOENT');
    });
    for (const words of [['cache'], ['cache', 'clear']]) {
      const { errors, code } = await myelin(words);
      expect(errors).toEqual([
        'BackendError: The cache expected a place in the home directory, received a user without one.',
        '  fix    Set MYELIN_CACHE_DIR to a folder of your own that others cannot write to.',
        '  code   backend-missing',
      ]);
      expect(code).toBe(1);
    }
  });

  test('has no cache on Windows', async () => {
    vi.spyOn(process, 'platform', 'get').mockReturnValue('win32');
    for (const words of [['cache'], ['cache', 'clear']]) {
      expect((await myelin(words)).lines).toEqual(['No cache: there is no native backend for Windows.']);
    }
  });

  test('explains itself, and says what was meant by other words', async () => {
    const { lines } = await myelin(['cache', '--help']);
    expect(lines[1]).toBe('myelin cache clear  deletes them');
    const slip = await myelin(['cache', 'claer']);
    expect(slip.errors).toEqual([
      "ConfigError: myelin cache expected 'clear', '--help' or nothing, received 'claer'.",
      '  fix    Write `myelin cache clear`.',
      '  code   argument-value',
    ]);
    expect(slip.code).toBe(2);
    expect((await myelin(['cache', 'clear', '--all'])).errors[0]).toMatch("received '--all'");
  });
});
