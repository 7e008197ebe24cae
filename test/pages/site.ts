/** The packed package and the programs of these tests in a folder of their own, for Node and as a web site. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import ts from 'typescript';
import { installed } from '../package/pack.js';

const programs = new URL('programs/', import.meta.url);

/** A folder with the programs as JavaScript beside the package. */
export function siteFolder(): string {
  const folder = installed();
  for (const name of readdirSync(programs)) {
    const { outputText } = ts.transpileModule(readFileSync(new URL(name, programs), 'utf8'), {
      compilerOptions: { module: ts.ModuleKind.ES2022, target: ts.ScriptTarget.ES2022 },
    });
    // Workers know no import maps.
    const code = outputText.replace("'myelin'", "'./node_modules/myelin/dist/index.js'");
    writeFileSync(join(folder, name.replace(/ts$/, 'js')), code);
  }
  return folder;
}

/** Pages by the headers that they come with. */
export const headersOf = {
  plain: {},
  isolated: { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' },
  strict: { 'Content-Security-Policy': "default-src 'self'; script-src 'self'" },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;
export type Kind = keyof typeof headersOf;

const typeOf: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.html': 'text/html' };

/** Serves the folder as `/plain/`, `/isolated/` and `/strict/`. */
export async function serve(folder: string): Promise<{ readonly address: string; close(): void }> {
  const server = createServer((request, response) => {
    const [, kind, ...rest] = normalize(new URL(request.url!, 'http://localhost').pathname).split('/');
    const path = rest.join('/');
    try {
      const body = path === '' ? '<!doctype html><title>page</title>' : readFileSync(join(folder, path));
      const type = typeOf[extname(path) || '.html'] ?? 'text/plain';
      response.writeHead(200, { ...headersOf[kind as Kind], 'Content-Type': type });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}`, close: () => server.close() };
}
