// The pages of the lessons as files: what they should hold, and what they hold.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { indexOf, pageOf, printedOn } from './page.mjs';

export const lessonsFolder = 'docs/lessons';
export const lessonsIndex = 'docs/lessons.md';

const read = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);

const pageFile = ({ name }) => `${lessonsFolder}/${name}.md`;

const filesThere = () => (existsSync(lessonsFolder) ? readdirSync(lessonsFolder).sort() : []);

/** What a lesson printed and drew when its page was written; undefined where there is none. */
export function outputOnPage(lesson) {
  const page = read(pageFile(lesson));
  const printed = page === undefined ? undefined : printedOn(page);
  if (printed === undefined) return undefined;
  const names = [...page.matchAll(/^!\[[^\]]*\]\(([^)]+\.svg)\)$/gm)].map(([, name]) => name);
  return { printed, pictures: new Map(names.map((name) => [name, read(`${lessonsFolder}/${name}`) ?? ''])) };
}

/** Path and content of everything that is made of the lessons and what they gave. */
export function contentsOf(lessons, outputs) {
  const contents = new Map();
  const listed = lessons.map((lesson, index) => {
    const { printed, pictures } = outputs.get(lesson.name);
    const withPictures = { printed, pictures: [...pictures.keys()] };
    const neighbours = { previous: lessons[index - 1], next: lessons[index + 1] };
    contents.set(pageFile(lesson), pageOf(lesson, withPictures, neighbours));
    for (const [name, svg] of pictures) contents.set(`${lessonsFolder}/${name}`, svg);
    return { ...lesson, pictures: withPictures.pictures };
  });
  return contents.set(lessonsIndex, indexOf(listed));
}

/** Files of the folder that no lesson accounts for. */
const leftOver = (contents) =>
  filesThere()
    .map((name) => `${lessonsFolder}/${name}`)
    .filter((path) => !contents.has(path));

/** Writes what differs and removes what is left over. Returns how many files that were. */
export function writeContents(contents) {
  mkdirSync(lessonsFolder, { recursive: true });
  const changed = [...contents].filter(([path, content]) => read(path) !== content);
  for (const [path, content] of changed) writeFileSync(path, content);
  const old = leftOver(contents);
  for (const path of old) rmSync(path);
  return changed.length + old.length;
}

/** A line for each file that is not as it should be. */
export function differences(contents) {
  const wrong = [...contents].flatMap(([path, content]) => {
    const found = read(path);
    if (found === content) return [];
    return [
      found === undefined ? `${path} is missing.` : `${path} differs: ${firstDifference(found, content)}`,
    ];
  });
  return [...wrong, ...leftOver(contents).map((path) => `${path} belongs to no lesson.`)];
}

function firstDifference(found, wanted) {
  const [lines, others] = [found.split('\n'), wanted.split('\n')];
  const index = others.findIndex((line, i) => line !== lines[i]);
  const at = index < 0 ? others.length : index;
  const part = (line) => JSON.stringify((line ?? '').slice(0, 120));
  return `line ${at + 1} is ${part(lines[at])}, should be ${part(others[at])}.`;
}
