// Makes a fresh copy ready: installs when the lock file and what is installed differ, builds when a source is newer than
// the build. Uses nothing but Node, because nothing is installed yet. `node scripts/ready.mjs build` does both.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';

const root = new URL('../', import.meta.url);
const at = (path) => new URL(path, root);
const packages = (path) =>
  existsSync(at(path)) ? JSON.parse(readFileSync(at(path), 'utf8')).packages : undefined;

/** npm writes node_modules/.package-lock.json last, so an interrupted installation counts as none. */
function isInstalled() {
  const wanted = packages('package-lock.json') ?? {};
  const present = packages('node_modules/.package-lock.json');
  return (
    present !== undefined &&
    Object.entries(wanted).every(
      ([path, { version, optional }]) =>
        path === '' || (optional && !present[path]) || present[path]?.version === version,
    )
  );
}

function newest(path) {
  const stat = statSync(at(path));
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(...readdirSync(at(`${path}/`)).map((name) => newest(`${path}/${name}`)), stat.mtimeMs);
}

/** Code and types are written side by side, so a build that failed has left one of them out. */
function isBuilt() {
  const files = ['index.js', 'node.js', 'profile.js', 'cli.js', 'index.d.ts', 'node.d.ts', 'profile.d.ts'];
  const results = files.map((name) => `dist/${name}`);
  const config = ['package.json', 'tsconfig.json', 'tsup.config.ts', 'scripts/notices.ts'];
  const sources = ['src', 'examples', ...config];
  const isThere = (path) => existsSync(at(path));
  return (
    results.every(isThere) && newest('dist/index.d.ts') >= Math.max(...sources.filter(isThere).map(newest))
  );
}

function npm(why, ...args) {
  console.log(why);
  const { npm_execpath } = process.env;
  const [command, first] = npm_execpath ? [process.execPath, [npm_execpath]] : ['npm', []];
  const { status, stdout, stderr } = spawnSync(command, [...first, ...args], { cwd: root, encoding: 'utf8' });
  if (status === 0) return;
  console.error(`${stdout ?? ''}${stderr ?? ''}npm ${args.join(' ')} failed.`);
  process.exit(1);
}

// Not `npm ci`: it refuses a lock file written where a registry has no packages for other systems.
if (!isInstalled()) {
  const why = 'Installing what the project is built with, once …';
  npm(why, 'install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund');
}
if (process.argv[2] === 'build' && !isBuilt()) npm('Building …', 'run', 'build', '--silent');
