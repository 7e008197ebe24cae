// Runs lessons through the built command line, as `npm run example` does.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { shortened } from './printed.mjs';

const limitMilliseconds = 300_000;

/**
 * What each lesson printed, and its pictures by their names. Several run at once, each on one core: the digits are the same.
 * All are run, whatever becomes of them; then an error names those that failed.
 */
export async function runLessons(lessons, program = 'dist/cli.js') {
  const folder = mkdtempSync(join(tmpdir(), 'myelin-lessons-'));
  const results = new Map();
  const failures = [];
  const waiting = [...lessons];
  const worker = async () => {
    for (let lesson = waiting.shift(); lesson; lesson = waiting.shift()) {
      const start = performance.now();
      const result = await runLesson(lesson, { folder, program });
      if (result.failure) failures.push(result.failure);
      results.set(lesson.name, result);
      console.log(`${lesson.name.padEnd(20)} ${((performance.now() - start) / 1000).toFixed(1)} s`);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(availableParallelism(), lessons.length) }, worker));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (failures.length > 0) throw new Error(failures.join('\n\n'));
  return results;
}

async function runLesson({ name }, { folder, program }) {
  const cwd = join(folder, name);
  mkdirSync(cwd);
  const args = [resolve(program), 'example', name];
  const options = { cwd, env: environment(folder), timeout: limitMilliseconds, maxBuffer: 2 ** 26 };
  const { error, stdout, stderr } = await new Promise((done) => {
    execFile(process.execPath, args, options, (error, stdout, stderr) => done({ error, stdout, stderr }));
  });
  if (error?.killed) return { failure: `The lesson ${name} took longer than ${limitMilliseconds / 1000} s.` };
  if (error) return { failure: `The lesson ${name} failed:\n${stderr}` };
  const pictures = picturesIn(join(cwd, 'examples/out'));
  if (pictures.size === 0) return { failure: `The lesson ${name} saved no picture.` };
  return { printed: shortened(stdout), pictures };
}

function picturesIn(folder) {
  const found = existsSync(folder) ? readdirSync(folder) : [];
  const names = found.filter((name) => name.endsWith('.svg'));
  // `NAME.svg` before `NAME-more.svg`, whatever the order of `.` and `-`.
  names.sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  return new Map(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

/** The same wherever it runs: no colours, 80 columns, and no cache in which some have the real pictures of clothes. */
const environment = (folder) => ({
  ...process.env,
  NO_COLOR: '1',
  COLUMNS: '81',
  TERM: 'xterm',
  LC_ALL: 'C.UTF-8',
  MYELIN_CACHE_DIR: join(folder, 'cache'),
  MYELIN_THREADS: '1',
});
