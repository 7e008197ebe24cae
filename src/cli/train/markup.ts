/** HTML from texts: everything that comes from a table is escaped. */

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => escapes[sign]!);

/** The first row is the head. Columns marked `r` are aligned to the right. */
export function htmlTable([head, ...rows]: readonly (readonly string[])[], sides: string): string {
  const row = (cells: readonly string[], tag: 'th' | 'td') =>
    `<tr>${cells.map((cell, i) => `<${tag}${sides[i] === 'r' ? ' class="r"' : ''}>${escaped(cell)}</${tag}>`).join('')}</tr>`;
  const body = rows.map((cells) => row(cells, 'td')).join('\n');
  return `<div class="wide"><table>\n<thead>${row(head!, 'th')}</thead>\n<tbody>${body}</tbody>\n</table></div>`;
}

/** A heading and what stands below it; nothing when nothing does. */
export function section(title: string, ...parts: readonly string[]): string {
  const body = parts.filter((part) => part !== '');
  return body.length === 0 ? '' : `<section><h2>${escaped(title)}</h2>\n${body.join('\n')}</section>`;
}

export const paragraph = (text: string, kind = ''): string =>
  `<p${kind === '' ? '' : ` class="${kind}"`}>${escaped(text)}</p>`;
