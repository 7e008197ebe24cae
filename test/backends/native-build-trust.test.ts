import {
  chmodSync,
  chownSync,
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { buildLibrary } from '../../src/backends/native/build.js';
import { cacheReport, clearCache } from '../../src/backends/native/cache-upkeep.js';
import { type Compiler, findCompiler } from '../../src/backends/native/compiler.js';
import { resetWarnings } from '../../src/core/warnings.js';
import { cacheFolder, FakeCompiler, newFolder, ownCache, ownWarnings } from './fake-compilers.js';

ownCache();

const warnings = ownWarnings();

const isRoot = process.getuid?.() === 0;

let fake: FakeCompiler;
let compiler: Compiler;
function build(source = 'int a;'): string {
  return buildLibrary(source, compiler);
}
/** Deleted after the tests: their process is killed, and deletes nothing itself. */
const temporary = newFolder();
beforeEach(() => {
  vi.stubEnv('TMPDIR', temporary);
  fake = new FakeCompiler();
  vi.stubEnv('MYELIN_CC', fake.path);
  if (process.platform !== 'win32') compiler = findCompiler();
});

/** Builds a library, which must lie in a temporary folder, once for the process. */
function expectRefused(reason: string | RegExp): void {
  const compilations = fake.compilations();
  const before =
    existsSync(cacheFolder()) && lstatSync(cacheFolder()).isDirectory() ? readdirSync(cacheFolder()) : [];
  const source = `int a; // ${reason}`;
  const path = build(source);
  expect(dirname(path)).not.toBe(cacheFolder());
  expect(lstatSync(dirname(path)).mode & 0o777).toBe(0o700);
  expect(build(source)).toBe(path);
  expect(fake.compilations()).toBe(compilations + 1);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatch(reason);
  expect(cacheReport().refused).toMatch(reason);
  if (existsSync(cacheFolder()) && lstatSync(cacheFolder()).isDirectory()) {
    expect(readdirSync(cacheFolder())).toEqual(before);
  }
}

describe.skipIf(process.platform === 'win32')('a cache that cannot be trusted or had is not used', () => {
  test.each(['777', '1777', '770', '720', '702'])('with the mode %s', (mode) => {
    const path = build();
    chmodSync(cacheFolder(), Number.parseInt(mode, 8));
    expectRefused('can be written to by others');
    expect(() => clearCache()).toThrow('can be written to by others');
    expect(existsSync(path)).toBe(true);
    expect(build()).not.toBe(path);
  });

  test('in a folder where others can rename it', () => {
    chmodSync(process.env.MYELIN_CACHE_DIR!, 0o777);
    expectRefused('can be written to by others');
  });

  test('but a sticky folder is fine: nobody can rename what another has put there', () => {
    chmodSync(process.env.MYELIN_CACHE_DIR!, 0o1777);
    expect(dirname(build())).toBe(cacheFolder());
    expect(warnings).toEqual([]);
  });

  test('behind a link', () => {
    symlinkSync(newFolder(), cacheFolder());
    expectRefused('is a symbolic link');
  });

  test('behind a link to a folder in a place that others can write to', () => {
    const open = newFolder();
    chmodSync(open, 0o777);
    mkdirSync(join(open, 'inner'));
    symlinkSync(join(open, 'inner'), join(process.env.MYELIN_CACHE_DIR!, 'link'));
    vi.stubEnv('MYELIN_CACHE_DIR', join(process.env.MYELIN_CACHE_DIR!, 'link'));
    expectRefused('can be written to by others');
  });

  test('below a file, which holds for every user', () => {
    const file = join(newFolder(), 'file');
    writeFileSync(file, '');
    vi.stubEnv('MYELIN_CACHE_DIR', file);
    expectRefused('ENOTDIR');
  });

  test.skipIf(isRoot)('in a folder that cannot be written to', () => {
    chmodSync(process.env.MYELIN_CACHE_DIR!, 0o500);
    const path = build();
    expect(dirname(path)).not.toBe(cacheFolder());
    expect(warnings[0]).toMatch('EACCES');
  });

  test.skipIf(isRoot)('when it cannot be written to itself, but what is in it is', () => {
    const path = build();
    chmodSync(cacheFolder(), 0o500);
    expect(build()).toBe(path);
    expect(dirname(build('int other;'))).not.toBe(cacheFolder());
    chmodSync(cacheFolder(), 0o700); // so that the test can delete it
  });

  test.skipIf(!isRoot)('when it belongs to another user', () => {
    mkdirSync(cacheFolder(), { mode: 0o700 });
    chownSync(cacheFolder(), 12_345, 12_345);
    expectRefused('belongs to another user');
  });

  test.skipIf(!isRoot)('when the link to it is of another user', () => {
    const link = join(newFolder(), 'link');
    symlinkSync(process.env.MYELIN_CACHE_DIR!, link);
    lchownSync(link, 12_345, 12_345);
    vi.stubEnv('MYELIN_CACHE_DIR', link);
    expectRefused('is a link of another user');
  });

  test('which is told once for the process, however often warnings are said again', () => {
    const file = join(newFolder(), 'file');
    writeFileSync(file, '');
    vi.stubEnv('MYELIN_CACHE_DIR', file);
    for (const source of ['int first;', 'int second;']) {
      expect(existsSync(build(source))).toBe(true);
      resetWarnings(); // as each fit does
    }
    expect(warnings).toEqual([expect.stringContaining('ENOTDIR')]);
  });

  test('silently when nobody has named it', () => {
    const file = join(newFolder(), 'file');
    writeFileSync(file, '');
    vi.stubEnv('MYELIN_CACHE_DIR', undefined);
    vi.stubEnv('XDG_CACHE_HOME', file);
    vi.stubEnv('HOME', file);
    expect(existsSync(build('int silent;'))).toBe(true);
    expect(warnings).toEqual([]);
  });

  test('and there is an error when a temporary folder cannot be had either', () => {
    const file = join(newFolder(), 'file');
    writeFileSync(file, '');
    vi.stubEnv('MYELIN_CACHE_DIR', file);
    // What the process has is looked at again each time.
    const folder = dirname(build('int before;'));
    vi.stubEnv('TMPDIR', file);
    chmodSync(folder, 0o777);
    expect(() => build('int nowhere;')).toThrow(
      "Backend 'native' expected a private folder for what it compiles",
    );
    chmodSync(folder, 0o700);
  });
});
