/** SVG as plain nodes, from which text and page elements are made. */

export interface SvgNode {
  readonly tag: string;
  readonly attributes: Attributes;
  readonly children: readonly SvgChild[];
}

export type SvgChild = SvgNode | string;
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** What was drawn, and how high it became. */
export interface Drawn {
  readonly height: number;
  readonly children: readonly SvgNode[];
}

export const node = (
  tag: string,
  attributes: Attributes = {},
  ...children: readonly SvgChild[]
): SvgNode => ({
  tag,
  attributes,
  children,
});

/** To two decimals, a hundredth of a pixel; never `-0` or `1e-7`. */
export const rounded = (value: number): string => String(Number(value.toFixed(2)) || 0);

/** The attributes that are there, as text. */
export const attributesOf = ({ attributes }: SvgNode): [name: string, value: string][] =>
  Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, typeof value === 'number' ? rounded(value) : String(value)]);

/** As well-formed XML. */
export function serialise(child: SvgChild): string {
  if (typeof child === 'string') return escaped(child);
  const attributes = attributesOf(child).map(([name, value]) => ` ${name}="${escaped(value)}"`);
  const open = `<${child.tag}${attributes.join('')}`;
  if (child.children.length === 0) return `${open}/>`;
  return `${open}>${child.children.map(serialise).join('')}</${child.tag}>`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** XML has no form at all for control characters and halves of pairs; they become the sign for what is unknown. */
export const legal = (text: string): string =>
  text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');

const escaped = (text: string): string => legal(text).replace(/[&<>"]/g, (sign) => entities[sign]!);
