import { lstatSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { buildLibrary, buildLibraryInBackground } from '../../src/backends/native/build.js';
import { type Compiler, findCompiler } from '../../src/backends/native/compiler.js';
import { cacheFolder, newFolder, ownCache } from './fake-compilers.js';

ownCache();

/** An addon whose exports are one function, which gives the answer. Node-API is declared by hand. */
const source = (answer: number) => `
typedef struct env *env; typedef struct value *value; typedef struct info *info;
extern int napi_create_function(env, const char *, unsigned long, value (*)(env, info), void *, value *);
extern int napi_create_int32(env, int, value *);
static value answer(env e, info i) { value v; napi_create_int32(e, ${answer}, &v); return v; }
__attribute__((visibility("default"))) value napi_register_module_v1(env e, value exports) {
  value f; napi_create_function(e, "answer", 6, answer, 0, &f); return f;
}`;

function load(path: string): () => number {
  const module = { exports: {} as () => number };
  process.dlopen(module, path);
  return module.exports;
}

function realCompiler(): Compiler | undefined {
  try {
    return findCompiler();
  } catch {
    return undefined;
  }
}
const compiler = realCompiler();

describe.skipIf(!compiler)('with the compiler of this machine', () => {
  test('a library is built, loaded, and found again', () => {
    const path = buildLibrary(source(42), compiler!);
    expect(load(path)()).toBe(42);
    const made = lstatSync(path).ino;
    expect(buildLibrary(source(42), compiler!)).toBe(path);
    expect(lstatSync(path).ino).toBe(made);
  });

  test('a library is built in the background, and found by those who wait', async () => {
    const path = await buildLibraryInBackground(source(43), compiler!);
    expect(load(path)()).toBe(43);
    expect(buildLibrary(source(43), compiler!)).toBe(path);
  });

  test.skipIf(process.platform !== 'linux')(
    'a library whose end is cut off is not taken: to load it would end the process',
    () => {
      const command = join(newFolder(), 'cc');
      const script = [
        '#!/bin/sh',
        `'${compiler!.command}' "$@" || exit 1`,
        'for word; do [ "$previous" = -o ] && out=$word; previous=$word; done',
        'bytes=$(wc -c < "$out")',
        'head -c $((bytes * 45 / 100)) "$out" > "$out.cut" && mv "$out.cut" "$out"',
      ];
      writeFileSync(command, `${script.join('\n')}\n`, { mode: 0o700 });
      const cutting = { ...compiler!, command };
      expect(() => buildLibrary(source(44), cutting)).toThrow('a library without its end');
      expect(readdirSync(cacheFolder())).toEqual([]);
    },
  );

  test('what is no C is told, with the place', () => {
    expect(() => buildLibrary('int 4;', compiler!)).toThrow(/exit code 1 \(<stdin>:1:5: error: /);
  });

  test('what is no addon of Node is compiled, and cannot be loaded', () => {
    expect(() => load(buildLibrary('int a;', compiler!))).toThrow('Module did not self-register');
  });

  test('its macros tell the version and the processor', () => {
    expect(compiler!.macros).toContain('#define __VERSION__');
    expect(compiler!.version).toMatch(/^GCC \d+|[Cc]lang|LLVM/);
  });
});
