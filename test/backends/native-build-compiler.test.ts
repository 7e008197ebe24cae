import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Compiler, findCompiler, findCompilerInBackground } from '../../src/backends/native/compiler.js';
import {
  FakeCompiler,
  type FakeParts,
  hangOn,
  newFolder,
  ownCache,
  Pipe,
  thisProcessor,
} from './fake-compilers.js';

ownCache();
afterEach(() => void vi.restoreAllMocks());

const use = (parts: FakeParts = {}): FakeCompiler => {
  const fake = new FakeCompiler(parts);
  vi.stubEnv('MYELIN_CC', fake.path);
  return fake;
};

const ways: readonly (readonly [string, (timeout?: number) => Promise<Compiler>])[] = [
  ['waiting', async (timeout = 20_000) => findCompiler({ timeout })],
  ['in the background', (timeout = 20_000) => findCompilerInBackground({ timeout })],
];

describe.skipIf(process.platform === 'win32').each(ways)('the search for a compiler, %s', (_, find) => {
  test('takes what MYELIN_CC names, and learns its version and macros from one call', async () => {
    const fake = use();
    const compiler = await find();
    expect(compiler).toMatchObject({ command: fake.path, version: 'GCC 9.9.9' });
    expect(compiler.macros).toContain(`#define ${thisProcessor} 1`);
    expect(compiler.flags).toEqual(expect.arrayContaining(['-O2', '-march=native', '-ffp-contract=off']));
    expect(fake.calls()).toEqual([`${compiler.flags.join(' ')} -dM -E -x c -`]);
  });

  test('asks once in a process, also when it fails', async () => {
    const fake = use();
    expect(await find()).toBe(await find());
    expect(fake.calls()).toHaveLength(1);
    const bad = use({ answer: 'exit 1' });
    await expect(find()).rejects.toThrow('exit code 1');
    const calls = bad.calls().length;
    await expect(find()).rejects.toThrow('exit code 1');
    expect(bad.calls()).toHaveLength(calls);
  });

  test('takes the first of cc, gcc and clang that works, from absolute folders of PATH', async () => {
    const [bad, good] = [new FakeCompiler({ answer: 'exit 1' }), new FakeCompiler()];
    const folder = newFolder();
    symlinkSync(bad.path, join(folder, 'cc'));
    symlinkSync(good.path, join(folder, 'clang'));
    mkdirSync(join(folder, 'gcc')); // no program
    vi.stubEnv('MYELIN_CC', '');
    vi.stubEnv('PATH', relative('.', folder));
    await expect(find()).rejects.toThrow('received cc: not found; gcc: not found; clang: not found');
    vi.stubEnv('PATH', `/no-such-folder:${folder}`);
    expect((await find()).command).toBe(join(folder, 'clang'));
  });

  test('says what was tried when there is none, and how to mend it', async () => {
    vi.stubEnv('MYELIN_CC', '');
    vi.stubEnv('PATH', newFolder());
    await expect(find()).rejects.toThrowErrorMatchingInlineSnapshot(`
      [BackendError: Backend 'native' expected a C compiler, gcc or clang, received cc: not found; gcc: not found; clang: not found.
        fix    Install gcc or clang, or name one by MYELIN_CC; or use the backend wasm, which needs none.
        code   backend-missing]
    `);
  });

  test('does not look for others when the one that is named does not work', async () => {
    vi.stubEnv('MYELIN_CC', 'no-such-compiler');
    await expect(find()).rejects.toThrowErrorMatchingInlineSnapshot(`
      [BackendError: Backend 'native' expected a C compiler, gcc or clang, received from MYELIN_CC no-such-compiler: not found.
        fix    Let MYELIN_CC be the path or the name of gcc or clang, without options.
        code   backend-missing]
    `);
    vi.stubEnv('MYELIN_CC', 'gcc -m64; touch here');
    await expect(find()).rejects.toThrow('from MYELIN_CC gcc -m64; touch here: not found');
  });

  test('takes another flag for the processor where the first is refused, on processors that have one', async () => {
    const refuse = `case " $* " in *" -march=native "*) echo "unknown value 'native'" >&2; exit 1 ;; *) answer ;; esac`;
    use({ answer: refuse, processor: '__aarch64__' });
    vi.spyOn(process, 'arch', 'get').mockReturnValue('arm64');
    expect((await find()).flags).toContain('-mcpu=native');
    vi.restoreAllMocks();
    use({ answer: refuse });
    vi.spyOn(process, 'arch', 'get').mockReturnValue('x64');
    await expect(find()).rejects.toThrow("exit code 1 (unknown value 'native')");
  });

  test('refuses a compiler that makes code for another processor', async () => {
    use({ processor: '__riscv' });
    await expect(find()).rejects.toThrow(`code for another processor than ${process.arch}`);
  });

  test('refuses a program that prints garbage, however much', async () => {
    use({ answer: `printf '\\033[2J\\377\\000 hello'` });
    await expect(find()).rejects.toThrow('an answer that is not that of gcc or clang');
    use({ answer: 'yes garbage' });
    await expect(find()).rejects.toThrow('more than 4 MiB of text');
    use({ answer: `printf '\\033[2Jno\\n' >&2; exit 3` });
    await expect(find()).rejects.toThrow('exit code 3 (?[2Jno)');
  });

  test('kills a program that hangs, with all that it began', async () => {
    const pipe = new Pipe();
    use({ answer: hangOn(pipe) });
    await expect(find(300)).rejects.toThrow('nothing within 0.3 seconds');
    await pipe.allClosed();
  });

  test('takes a program that cannot be run, or that crashes, for none', async () => {
    const file = join(newFolder(), 'cc');
    writeFileSync(file, '#!/no-such-shell\n', { mode: 0o700 });
    vi.stubEnv('MYELIN_CC', file);
    await expect(find()).rejects.toThrow(/the error ENOENT|exit code 127/);
    use({ answer: 'kill -SEGV $$' });
    await expect(find()).rejects.toThrow('an end by SIGSEGV');
  });

  test('gives it few variables, and English', async () => {
    vi.stubEnv('SECRET_TOKEN', 'secret');
    vi.stubEnv('NIX_LDFLAGS', '-L/nix');
    const fake = use({ answer: 'env > "$0.environment"; answer' });
    await find();
    const environment = execFileSync('cat', [`${fake.path}.environment`], { encoding: 'utf8' }).split('\n');
    expect(environment).toEqual(
      expect.arrayContaining(['LC_ALL=C', 'NIX_LDFLAGS=-L/nix', `PATH=${process.env.PATH}`]),
    );
    expect(environment.filter((line) => /^(SECRET_TOKEN|MYELIN_)/.test(line))).toEqual([]);
  });

  test('finds none on Windows and on processors whose code it does not know', async () => {
    use();
    vi.spyOn(process, 'platform', 'get').mockReturnValue('win32');
    await expect(find()).rejects.toThrow('received Windows');
    vi.restoreAllMocks();
    use();
    vi.spyOn(process, 'arch', 'get').mockReturnValue('s390x');
    await expect(find()).rejects.toThrow('a processor of the kind s390x');
  });
});
