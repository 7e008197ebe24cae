// What can be said of a text in Markdown without rendering it.

const withoutFences = (text) => text.replaceAll(/^( *)(`{3,})[^\n]*\n.*?^ *\2`*[ \t]*$/gms, '');

/** A text without its blocks of code and without code within lines. */
const withoutCode = (text) => withoutFences(text).replaceAll(/(`+)(?!`).+?(?<!`)\1(?!`)/g, '');

const headings = (text) =>
  [...withoutFences(text).matchAll(/^#{1,6} +(.+?)(?: +#+)?$/gm)].map(([, title]) => title);

/** The title of a page, without marks of code. */
export const firstHeading = (text) => headings(text)[0]?.replaceAll('`', '');

/** The anchors of a page as GitHub makes them of its headings: a title that comes again gets a number. */
export function anchors(text) {
  const counts = new Map();
  return headings(text).map((title) => {
    const anchor = anchorOf(title);
    const count = counts.get(anchor) ?? 0;
    counts.set(anchor, count + 1);
    return count === 0 ? anchor : `${anchor}-${count}`;
  });
}

const anchorOf = (title) =>
  title
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
    .replaceAll(' ', '-');

/** Where the links and pictures of a page lead, as they are written. */
export function targets(text) {
  const prose = withoutCode(text);
  const inline = [...prose.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)];
  const defined = [...prose.matchAll(/^ {0,3}\[[^\]]+\]:\s*<?(\S+?)>?(?:\s|$)/gm)];
  const tags = [...prose.matchAll(/<[^>]*?\b(?:href|src)="([^"]*)"/g)];
  return [...inline, ...defined, ...tags].map(([, target]) => target);
}
