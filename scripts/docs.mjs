// Runs the lessons, writes their pages into docs/lessons, and builds the site into docs/reference.
//   npm run docs                 all of it
//   npm run docs -- NAME ...     runs these lessons and those without a page; the others keep what they printed
//   npm run docs -- --pages      runs no lesson and builds no site: writes the pages anew
//   npm run docs -- --site       builds the site of the pages that are there
//   npm run docs -- --check      writes no page: compares them; the last line is `N passed, N failed`

import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { contentsOf, differences, outputOnPage, writeContents } from './docs/lessons.mjs';
import { runLessons } from './docs/run.mjs';
import { buildSite, siteFolder } from './docs/site.mjs';
import { lessons as listLessons } from './docs/table.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const flag = { type: 'boolean', default: false };
const { values, positionals } = parseArgs({
  options: { pages: flag, site: flag, check: flag },
  allowPositionals: true,
});
const lessons = listLessons();

/** What was looked at, and what is wrong with it. */
const report = { checks: 0, wrong: [] };
try {
  if (!values.site) await updatePages();
  if (!values.pages) updateSite();
} catch (error) {
  note(1, [error.message]);
}
for (const text of report.wrong) console.error(text);
if (report.wrong.length > 0) process.exitCode = 1;
if (values.check) {
  if (report.wrong.length > 0)
    console.error('If you mean the change: npm run docs, and commit docs/lessons.');
  console.log(`${Math.max(0, report.checks - report.wrong.length)} passed, ${report.wrong.length} failed`);
}

function note(checks, wrong) {
  report.checks += checks;
  report.wrong.push(...wrong);
}

async function updatePages() {
  const contents = contentsOf(lessons, await outputs());
  note(contents.size, values.check ? differences(contents) : []);
  if (!values.check) console.log(`${writeContents(contents)} of ${contents.size} files of lessons changed.`);
}

function updateSite() {
  const failures = buildSite(lessons);
  note(1, failures.length > 0 ? [failures.join('\n')] : []);
  if (failures.length === 0) console.log(`The site is in ${siteFolder}.`);
}

/** What each lesson prints and draws, of those that are to be run, and what the pages of the others say. */
async function outputs() {
  const unknown = positionals.filter((word) => !lessons.some(({ name }) => name === word));
  if (unknown.length > 0) throw new Error(`No lesson has the name ${unknown.join(', ')}.`);
  const kept = new Map(lessons.map((lesson) => [lesson.name, outputOnPage(lesson)]));
  const missing = lessons.filter(({ name }) => !kept.get(name));
  if (values.pages) {
    if (missing.length === 0) return kept;
    throw new Error(`No page yet: npm run docs -- ${missing.map(({ name }) => name).join(' ')}`);
  }
  const named = lessons.filter((lesson) => positionals.includes(lesson.name) || missing.includes(lesson));
  return new Map([...kept, ...(await runLessons(positionals.length > 0 ? named : lessons))]);
}
