import { execFile, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lchownSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { buildLibrary } from '../../src/backends/native/build.js';
import { cacheDirectory, nameOf } from '../../src/backends/native/cache-files.js';
import { sha256 } from '../../src/backends/native/cache-key.js';
import { cacheReport, clearCache } from '../../src/backends/native/cache-upkeep.js';
import { type Compiler, findCompiler } from '../../src/backends/native/compiler.js';
import {
  cacheFolder,
  FakeCompiler,
  goodCompile,
  Meeting,
  newFolder,
  ownCache,
  ownWarnings,
  program,
} from './fake-compilers.js';

ownCache();

const warnings = ownWarnings();

const day = 86_400_000;

let fake: FakeCompiler;
let compiler: Compiler;
function build(source = 'int a;'): string {
  return buildLibrary(source, compiler);
}
beforeEach(() => {
  fake = new FakeCompiler();
  vi.stubEnv('MYELIN_CC', fake.path);
  if (process.platform !== 'win32') compiler = findCompiler();
});

/** A library as another process has left it. */
function older(age: number, bytes = 10): string {
  mkdirSync(cacheFolder(), { recursive: true, mode: 0o700 });
  const content = Buffer.alloc(bytes, `${age}`);
  const path = join(cacheFolder(), nameOf(sha256(content).slice(0, 40), content));
  writeFileSync(path, content);
  return aged(path, age);
}

function aged(path: string, age: number): string {
  const time = new Date(Date.now() - age);
  utimesSync(path, time, time);
  return path;
}

describe.skipIf(process.platform === 'win32')('the cache', () => {
  test('is made for its user alone', () => {
    const path = build();
    expect(dirname(path)).toBe(cacheFolder());
    expect(lstatSync(cacheFolder()).mode & 0o777).toBe(0o700);
    expect(lstatSync(path).mode & 0o777).toBe(0o700);
    expect(warnings).toEqual([]);
  });

  test('lies where the system keeps such files, unless MYELIN_CACHE_DIR says where', () => {
    vi.stubEnv('MYELIN_CACHE_DIR', undefined);
    vi.stubEnv('HOME', '/home/someone');
    vi.stubEnv('XDG_CACHE_HOME', 'relative');
    vi.spyOn(process, 'platform', 'get').mockReturnValue('linux');
    expect(cacheDirectory()).toBe('/home/someone/.cache/myelin/native');
    vi.stubEnv('XDG_CACHE_HOME', '/var/caches');
    expect(cacheDirectory()).toBe('/var/caches/myelin/native');
    vi.spyOn(process, 'platform', 'get').mockReturnValue('darwin');
    expect(cacheDirectory()).toBe('/home/someone/Library/Caches/myelin/native');
    vi.restoreAllMocks();
    vi.stubEnv('MYELIN_CACHE_DIR', 'here');
    expect(cacheDirectory()).toBe(join(process.cwd(), 'here', 'native'));
  });

  test('has no place without a home directory, which only those who ask for it are told', () => {
    vi.stubEnv('MYELIN_CACHE_DIR', undefined);
    vi.stubEnv('XDG_CACHE_HOME', undefined);
    vi.stubEnv('TMPDIR', newFolder());
    // As for a user whom the system does not know.
    const home = vi.spyOn(os, 'homedir').mockImplementation(() => {
      throw new Error('uv_os_homedir returned ENOENT');
    });
    expect(cacheDirectory()).toBe(undefined);
    home.mockReturnValue('');
    expect(cacheDirectory()).toBe(undefined);
    const path = build();
    expect(dirname(dirname(path))).toBe(process.env.TMPDIR);
    expect(build()).toBe(path);
    expect([fake.compilations(), warnings]).toEqual([1, []]);
    for (const ask of [cacheReport, clearCache]) expect(ask).toThrow('Set MYELIN_CACHE_DIR to a folder');
    vi.stubEnv('XDG_CACHE_HOME', '/var/caches');
    if (process.platform === 'linux') expect(cacheDirectory()).toBe('/var/caches/myelin/native');
    home.mockRestore();
  });

  test('deletes a file that others may have changed, and compiles again', () => {
    const path = build();
    chmodSync(path, 0o722);
    expect(build()).toBe(path);
    expect(lstatSync(path).mode & 0o777).toBe(0o700);
    renameSync(path, `${path}-moved`);
    symlinkSync(`${path}-moved`, path);
    expect(build()).toBe(path);
    expect(lstatSync(path).isFile()).toBe(true);
    expect(fake.compilations()).toBe(3);
  });

  test('takes a whole library of a key when another of that key is broken', () => {
    const path = build();
    const broken = join(cacheFolder(), nameOf(basename(path).slice(0, 40), Buffer.from('other')));
    writeFileSync(broken, 'broken', { mode: 0o600 });
    expect(build()).toBe(path);
    expect([fake.compilations(), existsSync(broken)]).toEqual([1, false]);
  });
});

describe.skipIf(process.platform === 'win32')('the size of the cache', () => {
  test('is bounded: the least recently used go first, never those of this process', () => {
    vi.stubEnv('MYELIN_CACHE_MIB', '1');
    const libraries = [1, 2, 3, 4].map((age) => older(age * 1000, 300_000));
    expect(cacheReport()).toEqual({ directory: cacheFolder(), libraries: 4, bytes: 1_200_000 });
    const path = build();
    expect(libraries.map((each) => existsSync(each))).toEqual([true, true, true, false]);
    vi.stubEnv('MYELIN_CACHE_MIB', '0');
    const other = build('int other;');
    expect(readdirSync(cacheFolder()).sort()).toEqual([path, other].map((each) => basename(each)).sort());
  });

  test('counts a use as such', () => {
    const path = aged(build(), 2 * day);
    expect(build()).toBe(path);
    expect(Date.now() - lstatSync(path).mtimeMs).toBeLessThan(day);
  });

  test('is free of what was not used for long, and of what killed processes left', () => {
    const [old, recent] = [older(91 * day), older(89 * day)];
    const work = (key: string, age: number) => {
      const folder = join(cacheFolder(), `building-${key.repeat(40)}-123-abcdef`);
      mkdirSync(folder);
      writeFileSync(join(folder, 'library'), '');
      return aged(folder, age);
    };
    const [left, running] = [work('a', 2 * 3_600_000), work('b', 1000)];
    build();
    expect([old, recent, left, running].map((each) => existsSync(each))).toEqual([false, true, false, true]);
  });

  test('is a number', () => {
    vi.stubEnv('MYELIN_CACHE_MIB', 'much');
    expect(() => build()).toThrow(
      "MYELIN_CACHE_MIB expected a whole number of MiB, from 0 up, received 'much'.\n" +
        '  fix    Set it to a number such as 256, or leave it unset.',
    );
    expect(fake.compilations()).toBe(0);
  });

  test('is nothing once it is cleared, and nothing of others is touched', () => {
    build();
    older(1);
    const names = ['notes.txt', `${'a'.repeat(40)}.node`, 'building-something'];
    for (const name of names) writeFileSync(join(cacheFolder(), name), '');
    const { libraries, bytes } = cacheReport();
    expect(clearCache()).toEqual({ directory: cacheFolder(), libraries, bytes });
    expect(libraries).toBe(2);
    expect(readdirSync(cacheFolder()).sort()).toEqual([...names].sort());
    expect(clearCache()).toEqual({ directory: cacheFolder(), libraries: 0, bytes: 0 });
  });

  test('is not asked of a cache that was never made, nor is it made for that', () => {
    expect(cacheReport()).toEqual({ directory: cacheFolder(), libraries: 0, bytes: 0 });
    expect(clearCache().libraries).toBe(0);
    expect(existsSync(cacheFolder())).toBe(false);
  });
});

const building = `
  import { buildLibrary } from './build.js';
  import { findCompiler } from './compiler.js';
  console.log(buildLibrary('int a;', findCompiler()));
`;

describe.skipIf(process.platform === 'win32')('several processes', () => {
  test('may compile one program at the same time; each has a whole library', async () => {
    const meeting = new Meeting();
    // The first waits in the middle for the second, which makes another file of the same program.
    const meet = `if mkdir "$0.first" 2> "$0.second"; then cat '${meeting.path}'; else echo > '${meeting.path}'; fi`;
    const { path } = new FakeCompiler({ compile: `${meet} > "$0.met"; ${goodCompile}; echo $$ >> "$out"` });
    vi.stubEnv('MYELIN_CC', path);
    const file = await program(building);
    const run = async () =>
      (await promisify(execFile)(process.execPath, [file], { timeout: 20_000 })).stdout.trim();
    const paths = await Promise.all([run(), run()]);
    expect(readdirSync(cacheFolder()).sort()).toEqual(paths.map((each) => basename(each)).sort());
    for (const each of paths) expect(each).toContain(`-${sha256(readFileSync(each))}.node`);
    expect(paths).toContain(await run());
    expect(readdirSync(cacheFolder())).toHaveLength(2);
  });

  test('delete their temporary folders when they end', async () => {
    const file = join(newFolder(), 'file');
    writeFileSync(file, '');
    vi.stubEnv('MYELIN_CACHE_DIR', file);
    const [folder, code] = [newFolder(), await program(building)];
    vi.stubEnv('TMPDIR', folder);
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [code], { timeout: 20_000 });
    expect(dirname(dirname(stdout))).toBe(folder);
    expect(stderr).toMatch(/^myelin: The cache at .* is not used: ENOTDIR/);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('sweep the temporary folders of processes that were killed long ago, and nothing else', async () => {
    const file = join(newFolder(), 'file');
    writeFileSync(file, '');
    vi.stubEnv('MYELIN_CACHE_DIR', file);
    const [folder, code] = [newFolder(), await program(building)];
    const ended = spawnSync('true').pid;
    const make = (name: string, age: number) => {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, 'library'), '');
      return basename(aged(join(folder, name), age));
    };
    make(`myelin-native-${ended}-abcdef`, 2 * 3_600_000);
    const kept = [
      make(`myelin-native-${ended}-recent`, 1000),
      make(`myelin-native-${process.pid}-abcdef`, 2 * 3_600_000),
      make('myelin-models', 2 * 3_600_000),
      make(`myelin-native-${ended}-abcdef-mine`, 2 * 3_600_000),
      `myelin-native-${ended}-linked`,
    ];
    symlinkSync(newFolder(), join(folder, kept.at(-1)!));
    lutimesSync(join(folder, kept.at(-1)!), 1, 1);
    if (process.getuid?.() === 0) {
      kept.push(make(`myelin-native-${ended}-others`, 2 * 3_600_000));
      lchownSync(join(folder, kept.at(-1)!), 12_345, 12_345);
    }
    vi.stubEnv('TMPDIR', folder);
    await promisify(execFile)(process.execPath, [code], { timeout: 20_000 });
    expect(readdirSync(folder).sort()).toEqual([...kept].sort());
  });
});
