import { defineConfig } from 'tsup';
import { writeNotices } from './scripts/notices.js';

/** esbuild calls a class that mentions itself `_Tensor` inside; consoles show that name. */
const plainClassNames = {
  name: 'plain-class-names',
  renderChunk: (code: string) => {
    const renamed = [...code.matchAll(/^var (\w+) = class _\1\b/gm)].map(([, name]) => name);
    const places = new RegExp(`(?<![\\w$])_(${renamed.join('|')})(?![\\w$])`, 'g');
    return renamed.length > 0 ? { code: code.replace(places, '$1') } : null;
  },
};

/**
 * esbuild makes `export * as ops` an object that a call fills with getters, which no bundler can leave out, nor any operation
 * with it. An object with the same getters needs no call.
 */
const plainNamespaces = {
  name: 'plain-namespaces',
  renderChunk: (code: string) => {
    const filled = /^var (\w+) = \{\};\n__export\(\1, (\{[^}]*\})\);$/gm;
    const getters = (all: string) => all.replace(/^ {2}(\w+): \(\) => (\w+)/gm, '  get $1() { return $2; }');
    return { code: code.replace(filled, (_, name, all) => `var ${name} = ${getters(all)};`) };
  },
};

/** Comments are for editors, which read them in the types; in the code they are only weight to install. */
const withoutComments = {
  name: 'without-comments',
  renderChunk: (code: string) => {
    const paths = /^\/\/ (?:src|examples|node_modules)\/\S+\n/gm;
    const docs = /^[ \t]*\/\*\*[\s\S]*?\*\/[ \t]*\n/gm;
    return { code: code.replace(paths, '').replace(docs, '') };
  },
};

/** What users import. */
const published = {
  index: 'src/index.ts',
  profile: 'src/profile.ts',
  datasets: 'src/datasets/index.ts',
  plot: 'src/plot/index.ts',
  estimators: 'src/estimators/index.ts',
};

export default defineConfig({
  entry: { ...published, native: 'src/native.ts', cli: 'src/cli/main.ts' },
  format: 'esm',
  target: 'es2022',
  platform: 'neutral',
  removeNodeProtocol: false, // 'node:fs' stays what it is, also for Deno
  external: [/^node:/], // test/package/entries.test.ts fails when index reaches one
  dts: { entry: published },
  splitting: true, // shared code becomes a chunk, so that index and node have the same classes
  clean: true,
  esbuildPlugins: [writeNotices('dist/THIRD-PARTY-NOTICES.txt')],
  plugins: [plainClassNames, plainNamespaces, withoutComments],
});
