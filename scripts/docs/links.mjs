// Links that lead nowhere: in pages of Markdown, and in a site that was built of them.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { anchors, targets } from './markdown.mjs';

const isElsewhere = (target) => /^([a-z][a-z+.-]*:|\/\/)/i.test(target);

/** `FILE: TARGET` for each relative link and anchor of the pages that no file or heading answers to. */
export function deadLinks(pages) {
  return pages.flatMap((page) => {
    const dead = targets(readFileSync(page, 'utf8')).filter((target) => !leads(page, target));
    return [...new Set(dead)].map((target) => `${page}: ${target}`);
  });
}

function leads(page, target) {
  if (isElsewhere(target)) return true;
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? page : join(dirname(page), decodeURIComponent(path));
  if (!existsSync(file)) return false;
  return (
    anchor === undefined || !file.endsWith('.md') || anchors(readFileSync(file, 'utf8')).includes(anchor)
  );
}

/** The same for the pages of a built site: each `href` and `src` within it, with the ids that its anchors name. */
export function deadSiteLinks(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path));
  const pages = new Map(
    files.filter((file) => file.endsWith('.html')).map((file) => [resolve(file), readPage(file)]),
  );
  return [...pages].flatMap(([page, { links }]) => {
    const dead = links.filter((link) => !leadsInSite(page, link, pages));
    return dead.map((link) => `${relative(folder, page)}: ${link}`);
  });
}

function readPage(file) {
  const html = readFileSync(file, 'utf8').replaceAll(/(<script\b[^>]*>).*?<\/script>/gs, '$1');
  const values = (pattern) => new Set([...html.matchAll(pattern)].map(([, value]) => unescaped(value)));
  return { ids: values(/\sid="([^"]+)"/g), links: [...values(/\s(?:href|src)="([^"]*)"/g)] };
}

const unescaped = (text) => text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');

function leadsInSite(page, link, pages) {
  if (isElsewhere(link)) return true;
  const [path = '', anchor] = link.split('#').map(decodeURIComponent);
  let file = path === '' ? page : resolve(dirname(page), path);
  if (!existsSync(file)) return false;
  if (statSync(file).isDirectory()) file = join(file, 'index.html');
  if (!existsSync(file)) return false;
  return !anchor || !pages.has(file) || pages.get(file).ids.has(anchor);
}
