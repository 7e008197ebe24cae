import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { buildLibrary, buildLibraryInBackground, discardLibrary } from '../../src/backends/native/build.js';
import { sha256 } from '../../src/backends/native/cache-key.js';
import { type Compiler, findCompiler } from '../../src/backends/native/compiler.js';
import { pathOf } from '../../src/backends/native/programs.js';
import {
  cacheFolder,
  cutCompile,
  FakeCompiler,
  type FakeParts,
  goodCompile,
  goodHeader,
  hangOn,
  Meeting,
  newFolder,
  ownCache,
  Pipe,
  program,
} from './fake-compilers.js';

ownCache();
afterEach(() => void vi.restoreAllMocks());

const source = 'int answer = 42;';

function use(parts: FakeParts = {}): { fake: FakeCompiler; compiler: Compiler } {
  const fake = new FakeCompiler(parts);
  vi.stubEnv('MYELIN_CC', fake.path);
  return { fake, compiler: findCompiler() };
}

type Build = (compiler: Compiler, timeout?: number) => Promise<string>;
const ways: readonly (readonly [string, Build])[] = [
  ['waiting', async (compiler, timeout = 60_000) => buildLibrary(source, compiler, { timeout })],
  [
    'in the background',
    (compiler, timeout = 60_000) => buildLibraryInBackground(source, compiler, { timeout }),
  ],
];

describe.skipIf(process.platform === 'win32').each(ways)('building a library, %s', (_, build) => {
  test('gives the compiler the source and nothing else of the user, and keeps what it writes', async () => {
    const { fake, compiler } = use();
    const path = await build(compiler);
    expect(readFileSync(path, 'latin1')).toBe(goodHeader + source);
    expect(readdirSync(cacheFolder())).toEqual([basename(path)]);
    const [, words] = fake.calls();
    expect(words).toMatch(/ -o \S+\/building-[0-9a-f]{40}-\d+-\w{6}\/library -x c -$/);
    expect(words).not.toContain('answer');
  });

  test('finds it in the cache the next time, without the compiler', async () => {
    const { fake, compiler } = use();
    const path = await build(compiler);
    expect(await build(compiler)).toBe(path);
    expect(fake.compilations()).toBe(1);
  });

  test('compiles again what was discarded, or has become another file', async () => {
    const { fake, compiler } = use();
    const path = await build(compiler);
    writeFileSync(path, 'broken');
    expect(await build(compiler)).toBe(path);
    expect(readFileSync(path, 'latin1')).toBe(goodHeader + source);
    discardLibrary(path);
    expect(existsSync(path)).toBe(false);
    expect(await build(compiler)).toBe(path);
    expect(fake.compilations()).toBe(3);
  });

  test('tells what the compiler complained of, and leaves nothing', async () => {
    const { compiler } = use({
      compile: `echo 'line one' >&2; printf '\\033[2Jtwo\\n\\n3\\n4\\n5' >&2; : > "$out"; exit 1`,
    });
    const error = await build(compiler).catch((error: Error) => error);
    expect(String(error).replace(compiler.command, 'cc')).toMatchInlineSnapshot(`
      "BackendError: Backend 'native' expected cc (GCC 9.9.9) to compile a program, received exit code 1 (line one | ?[2Jtwo | 3 | 4).
        fix    Name another compiler by MYELIN_CC, or use the backend wasm.
        code   backend-missing"
    `);
    expect(readdirSync(cacheFolder())).toEqual([]);
  });

  test.each([
    ['writes nothing', 'cat > "$0.source"', 'exit code 0 and no file'],
    ['writes nothing and reads nothing', 'exit 0', 'exit code 0 and no file'],
    ['writes what is no library', 'cat > "$out"', 'exit code 0 and a file that is no library'],
    ['writes an empty file', ': > "$out"', 'exit code 0 and a file that is no library'],
    ['writes half a header', `printf '\\177ELF' > "$out"`, 'exit code 0 and a library without its end'],
    ['writes less than the header says', cutCompile, 'exit code 0 and a library without its end'],
    ['makes a folder', 'mkdir "$out"', 'exit code 0 and no file'],
    ['prints without end', 'yes garbage', 'more than 4 MiB of text'],
    ['complains without end', 'yes garbage >&2', 'more than 4 MiB of text (garbage | garbage'],
    ['is killed', 'kill -KILL $$', 'an end by SIGKILL'],
    ['crashes half way', `${goodCompile}; kill -SEGV $$`, 'an end by SIGSEGV'],
  ])('fails when the compiler %s', async (_, compile, reason) => {
    const { compiler } = use({ compile });
    await expect(build(compiler)).rejects.toThrow(reason);
    expect(readdirSync(cacheFolder())).toEqual([]);
  });

  test('kills a compiler that hangs, with all that it began', async () => {
    const pipe = new Pipe();
    const { compiler } = use({ compile: hangOn(pipe) });
    await expect(build(compiler, 300)).rejects.toThrow('nothing within 0.3 seconds');
    await pipe.allClosed();
    expect(readdirSync(cacheFolder())).toEqual([]);
  });

  test('takes a library that is as long as its header says, and none that lacks a byte', async () => {
    const { compiler } = use({ compile: cutCompile });
    const text = 'x'.repeat(4096 - goodHeader.length);
    expect(readFileSync(buildLibrary(text, compiler))).toHaveLength(4096);
    expect(() => buildLibrary(text.slice(1), compiler)).toThrow('a library without its end');
    await expect(build(compiler)).rejects.toThrow('a library without its end');
  });

  test('tells of the time limit too when the program timeout is the one that kills', async () => {
    const { compiler } = use();
    const folder = newFolder();
    vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
    for (const end of ['kill -KILL $$', 'exit 124', 'exit 137']) {
      writeFileSync(join(folder, 'timeout'), `#!/bin/sh\n${end}\n`, { mode: 0o700 });
      await expect(build(compiler)).rejects.toThrow(/an end by SIGKILL|exit code 1/); // before the time
      let now = Date.now();
      const clock = vi.spyOn(Date, 'now').mockImplementation(() => {
        now += 60_000;
        return now;
      });
      await expect(build(compiler)).rejects.toThrow('nothing within 60 seconds');
      clock.mockRestore();
    }
  });

  test('does not run the program timeout of BusyBox', async () => {
    const { compiler } = use();
    const folder = newFolder();
    writeFileSync(join(folder, 'busybox'), '#!/bin/sh\nexit 9\n', { mode: 0o700 });
    symlinkSync('busybox', join(folder, 'timeout'));
    vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
    expect(existsSync(await build(compiler))).toBe(true);
  });

  test('fails when the system does not start the compiler', async () => {
    const { compiler } = use();
    const flags = [...compiler.flags, 'x'.repeat(4_000_000)];
    await expect(build({ ...compiler, flags })).rejects.toThrow('the error E2BIG');
    expect(readdirSync(cacheFolder())).toEqual([]);
  });

  test('fails when the compiler has gone', async () => {
    const { compiler } = use();
    await expect(build({ ...compiler, command: '/no/such/cc' })).rejects.toThrow('ENOENT');
  });

  test('reads a source of many megabytes', async () => {
    const { compiler } = use();
    const long = `${source}\n`.repeat(500_000);
    const path = buildLibrary(long, compiler);
    expect(sha256(readFileSync(path))).toBe(sha256(goodHeader + long));
    expect(await build(compiler)).not.toBe(path);
  });

  test('compiles anew for another compiler, other flags or another processor', async () => {
    const { fake, compiler } = use();
    await build(compiler);
    await build({ ...compiler, version: 'GCC 10.0.0' });
    await build({ ...compiler, flags: [...compiler.flags, '-g'] });
    await build({ ...compiler, macros: `${compiler.macros}#define __AVX512F__ 1\n` });
    expect(fake.compilations()).toBe(4);
    expect(readdirSync(cacheFolder())).toHaveLength(4);
  });
});

describe.skipIf(process.platform === 'win32')('building in the background', () => {
  test('runs one compiler at a time, and compiles the same program once', async () => {
    const { fake, compiler } = use({
      compile: `mkdir "$0.lock" || exit 9; ${goodCompile}; rmdir "$0.lock"`,
    });
    const sources = [source, source, 'int b;', 'int c;', source];
    const paths = await Promise.all(sources.map((text) => buildLibraryInBackground(text, compiler)));
    expect(new Set(paths).size).toBe(3);
    expect(fake.compilations()).toBe(3);
  });

  test('does not wait for what a compiler leaves running, but ends it', async () => {
    const pipe = new Pipe();
    const { compiler } = use({ compile: `${goodCompile}; (${hangOn(pipe)}) &` });
    expect(existsSync(await buildLibraryInBackground(source, compiler))).toBe(true);
    await pipe.allClosed();
  });

  test('goes on after a failure', async () => {
    const bad = use({ compile: 'exit 1' }).compiler;
    const failing = buildLibraryInBackground(source, bad);
    const path = buildLibraryInBackground(source, use().compiler);
    await expect(failing).rejects.toThrow('exit code 1');
    expect(existsSync(await path)).toBe(true);
  });

  test('ends when its signal says so, running or waiting', async () => {
    const [begun, pipe] = [new Meeting(), new Pipe()];
    const { fake, compiler } = use({ compile: `echo > '${begun.path}'; ${hangOn(pipe)}` });
    const [running, waiting] = [new AbortController(), new AbortController()];
    const first = buildLibraryInBackground(source, compiler, { signal: running.signal });
    const second = buildLibraryInBackground(source, compiler, { signal: waiting.signal });
    await begun.reached();
    waiting.abort(new Error('no more wanted'));
    running.abort(new Error('stopped'));
    await expect(first).rejects.toThrow('stopped');
    await expect(second).rejects.toThrow('no more wanted');
    await pipe.allClosed();
    expect(fake.compilations()).toBe(1);
    expect(readdirSync(cacheFolder())).toEqual([]);
  });

  test.skipIf(process.platform !== 'linux')('gives way to other work', async () => {
    const { fake, compiler } = use({ compile: `nice > "$0.nice"; ${goodCompile}` });
    await buildLibraryInBackground(source, compiler);
    expect(Number(readFileSync(`${fake.path}.nice`, 'utf8'))).toBeGreaterThan(0);
  });

  test.each([
    ['comes to its end', ''],
    ['is told to exit', 'process.exit(0);'],
    ['fails', "setImmediate(() => { throw new Error('as it happens'); });"],
  ])(
    'does not keep the process, which ends the compiler and deletes its files when it %s',
    async (_, end) => {
      const [begun, pipe] = [new Meeting(), new Pipe()];
      const { fake } = use({ compile: `: > "$out"; echo > '${begun.path}'; ${hangOn(pipe)}` });
      const file = await program(`
      import { readFileSync } from 'node:fs';
      import { buildLibraryInBackground } from './build.js';
      import { findCompiler } from './compiler.js';
      buildLibraryInBackground('int a;', findCompiler());
      await 0;
      readFileSync('${begun.path}');
      ${end}
    `);
      const { status, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8', timeout: 20_000 });
      const fails = end.includes('throw');
      expect([status, stderr.includes('as it happens')]).toEqual(fails ? [1, true] : [0, false]);
      if (!fails) expect(stderr).toBe('');
      await pipe.allClosed();
      expect(fake.compilations()).toBe(1);
      expect(readdirSync(cacheFolder())).toEqual([]);
    },
  );
});

describe.skipIf(process.platform === 'win32' || pathOf('timeout') === undefined)(
  'a process that is killed',
  () => {
    test.each(['buildLibrary', 'buildLibraryInBackground'])(
      'leaves no compiler that goes on for longer than it may, by %s',
      async (way) => {
        const [begun, pipe] = [new Meeting(), new Pipe()];
        use({ compile: `echo > '${begun.path}'; ${hangOn(pipe)}` });
        const file = await program(`
        import { buildLibrary, buildLibraryInBackground } from './build.js';
        import { findCompiler } from './compiler.js';
        setInterval(() => {}, 1000);
        ${way}('int a;', findCompiler(), { timeout: 500 });
      `);
        const child = spawn(process.execPath, [file], { stdio: 'ignore' });
        await begun.reached();
        child.kill('SIGKILL');
        await once(child, 'exit');
        expect(child.signalCode).toBe('SIGKILL');
        await pipe.allClosed();
      },
    );
  },
);
