/** A picture as elements of the page. */

import { problem } from '../../core/errors.js';
import type { Picture } from '../description.js';
import { attributesOf, legal, type SvgChild } from '../svg/node.js';
import { type SvgOptions, svgNode } from '../svg/svg.js';

const svgSpace = 'http://www.w3.org/2000/svg';

/** An SVGSVGElement, where the types of pages are known: programs for Node need not have them. */
export type PageElement = typeof globalThis extends { SVGSVGElement: { prototype: infer Element } }
  ? Element
  : unknown;

/** The same drawing as `svgOf` writes. Throws a BackendError where there is no page. */
export function pageElement(picture: Picture, options: SvgOptions): SVGSVGElement {
  if (typeof document === 'undefined')
    throw problem('backend-missing', {
      subject: 'plot.element',
      expected: 'a page with a document',
      received: 'none',
      fix: 'Outside of a browser use `plot.svg()`, which gives the same drawing as text.',
    });
  return build(svgNode(picture, options)) as SVGSVGElement;
}

function build(child: SvgChild): Node {
  if (typeof child === 'string') return document.createTextNode(legal(child));
  const element = document.createElementNS(svgSpace, child.tag);
  for (const [name, value] of attributesOf(child))
    if (name !== 'xmlns') element.setAttribute(name, legal(value));
  for (const inner of child.children) element.append(build(inner));
  return element;
}
