// Rehearses a release: everything that is checked before one, and what would be published. Publishes nothing.
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';

const { npm_execpath } = process.env;
if (!npm_execpath) throw new Error('Start this with `npm run release:dry`.');
const { name, version } = JSON.parse(readFileSync('package.json', 'utf8'));
const changelog = readFileSync('CHANGELOG.md', 'utf8');
const git = (...args) => execFileSync('git', args, { encoding: 'utf8' }).trim();
const npm = (...args) =>
  spawnSync(process.execPath, [npm_execpath, ...args], { stdio: 'inherit' }).status === 0;

function stop(reason) {
  console.error(`Not ready to release ${name} ${version}: ${reason}`);
  process.exit(1);
}

const changes = git('status', '--porcelain');
if (changes) stop(`uncommitted changes\n${changes}`);
if (git('tag', '--list', `v${version}`)) stop(`the tag v${version} exists already`);
const section = changelog.split(/^## /m).find((part) => part.split(/\s/, 1)[0] === version);
if (!section) stop(`CHANGELOG.md has no section "## ${version}"`);

rmSync('dist', { recursive: true, force: true });
if (!npm('run', 'check')) stop('npm run check fails');
if (!npm('pack', '--dry-run', '--ignore-scripts')) stop('npm pack fails');
console.log(
  `\n## ${section.trim()}\n\n${name} ${version} is ready from ${git('rev-parse', '--short', 'HEAD')}.`,
);
console.log('Nothing was published; docs/releasing.md has the next steps.');
