// The site: the guide, the lessons and the reference, by typedoc.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { deadSiteLinks } from './links.mjs';

export const siteFolder = 'docs/reference';

const guide = [
  'from-keras',
  'architecture',
  'custom-layers',
  'adding',
  'errors',
  'native',
  'performance',
  'releasing',
].map((name) => `docs/${name}.md`);

/** Builds the site, and returns what is wrong with it: what typedoc refused, and links that lead nowhere. */
export function buildSite(lessons) {
  const decisions = readdirSync('docs/decisions').filter((name) => name.endsWith('.md'));
  const documents = [
    'docs/lessons.md',
    ...lessons.map(({ name }) => `docs/lessons/${name}.md`),
    ...guide,
    ...decisions.sort().map((name) => `docs/decisions/${name}`),
  ];
  const args = documents.flatMap((path) => ['--projectDocuments', path]);
  const { status } = spawnSync(
    process.execPath,
    ['node_modules/typedoc/bin/typedoc', '--out', siteFolder, '--logLevel', 'Warn', ...args],
    { stdio: 'inherit' },
  );
  if (status !== 0) return ['typedoc did not build the site.'];
  return deadSiteLinks(siteFolder).map((link) => `Dead link in the site, ${link}`);
}
