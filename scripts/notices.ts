import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Plugin } from 'esbuild';

/** esbuild plugin: writes the licence texts of all packages that went into the bundle, each once. */
export function writeNotices(target: string): Plugin {
  return {
    name: 'third-party-notices',
    setup(build) {
      build.initialOptions.metafile = true;
      build.onEnd(async ({ metafile }) => {
        const used = Object.values(metafile?.outputs ?? {}).flatMap(({ inputs }) => Object.keys(inputs));
        const folders = new Set(used.map(packageFolder).filter((folder) => folder !== undefined));
        const notices = [...folders].sort().map(notice);
        await mkdir(dirname(target), { recursive: true });
        await writeFile(target, `${notices.join(`\n${'-'.repeat(78)}\n\n`) || 'No third-party code.'}\n`);
      });
    },
  };
}

/** `node_modules/d3-dsv/src/csv.js` lies in the package `node_modules/d3-dsv`. */
export function packageFolder(file: string): string | undefined {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0];
}

function notice(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    license: string;
  };
  const file = existsSync(folder) && readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file) throw new Error(`${name} is bundled but has no licence file: its licence cannot be passed on.`);
  return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
}
