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

export default defineConfig({
  entry: { index: 'src/index.ts', node: 'src/node.ts', cli: 'src/cli/main.ts' },
  format: 'esm',
  target: 'es2022',
  platform: 'neutral',
  removeNodeProtocol: false, // 'node:fs' stays what it is, also for Deno
  external: [/^node:/], // test/package/entries.test.ts fails when index reaches one
  dts: { entry: { index: 'src/index.ts', node: 'src/node.ts' } },
  splitting: true, // shared code becomes a chunk, so that index and node have the same classes
  clean: true,
  esbuildPlugins: [writeNotices('dist/THIRD-PARTY-NOTICES.txt')],
  plugins: [plainClassNames],
});
