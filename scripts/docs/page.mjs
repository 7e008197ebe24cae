// The pages of the lessons in Markdown.
import { readFileSync } from 'node:fs';
import { filesBeside, firstComment } from './table.mjs';

const printedTitle = '## What it prints';

const sentence = (summary) => `${summary[0].toUpperCase()}${summary.slice(1)}.`;

/** A block that shows a file says which: then it is compared with the file instead of being run. */
const fileBlock = (file) => fenced(readFileSync(file, 'utf8'), `ts file=${file}`);

function fenced(text, language) {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const marks = '`'.repeat(longest + 1);
  return `${marks}${language}\n${text}${text.endsWith('\n') ? '' : '\n'}${marks}`;
}

/** The page of a lesson, of what it printed and of the names of its pictures. */
export function pageOf(lesson, { printed, pictures }, { previous, next }) {
  const { name, summary, file } = lesson;
  const comment = firstComment(readFileSync(file, 'utf8'));
  const parts = [
    `# ${name}`,
    sentence(summary),
    ...(comment === '' ? [] : [comment]),
    ...pictures.map((picture) => `![${name}: ${summary}](${picture})`),
    fenced(`npx myelin example ${name}`, 'sh'),
    `In a copy of the repository: \`npm run example -- ${name}\`; with \`--help\` it lists its options.`,
    '## The program',
    fileBlock(file),
    ...besideParts(lesson),
    printedTitle,
    fenced(printed, 'text'),
    steps(previous, next),
  ];
  return `${parts.join('\n\n')}\n`;
}

function besideParts(lesson) {
  const { own, shared } = filesBeside(lesson);
  const about = (file) => firstComment(readFileSync(file, 'utf8'));
  const folded = own.map(
    (file) =>
      `<details><summary><code>${file}</code>: ${about(file)}</summary>\n\n${fileBlock(file)}\n\n</details>`,
  );
  const links = shared.map((file) => `- [${file}](../../${file}): ${about(file)}`);
  return [...folded, ...(links.length === 0 ? [] : [`Beside it:\n\n${links.join('\n')}`])];
}

function steps(previous, next) {
  const before = previous ? [`Before: [${previous.name}](${previous.name}.md)`] : [];
  const after = next ? [`Next: [${next.name}](${next.name}.md)`] : [];
  return [...before, '[All lessons](../lessons.md)', ...after].join(' · ');
}

/** What a page says that its lesson printed. */
export function printedOn(page) {
  const [, , text] = new RegExp(`^${printedTitle}\\n\\n(\`{3,})text\\n(.*?)\\n\\1$`, 'ms').exec(page) ?? [];
  return text;
}

/** The page that lists all lessons. */
export function indexOf(lessons) {
  const rows = lessons.map(({ name, summary, pictures }) => {
    const page = `lessons/${name}.md`;
    const picture = pictures[0]
      ? `<a href="${page}"><img src="lessons/${pictures[0]}" alt="${name}" width="280"></a>`
      : '';
    return `| ${picture} | [${name}](${page}): ${summary} |`;
  });
  return `${[
    '# Lessons',
    'A first course in neural networks, each lesson one short program that ends with a figure and a picture. In course order:',
    ['| | |', '| --- | --- |', ...rows].join('\n'),
    'Each runs by its name, `npx myelin example NAME`, and in a copy of the repository by `npm run example -- NAME`.',
  ].join('\n\n')}\n`;
}
