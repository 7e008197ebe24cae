/** A picture with its outputs. */

import type { Picture } from './description.js';
import { type PageElement, pageElement } from './page/element.js';
import { type SvgOptions, svgOf } from './svg/svg.js';
import { type PrintStream, printPicture } from './terminal/print.js';
import { type TerminalOptions, terminalText } from './terminal/text.js';

/**
 * What every function of `myelin/plot` returns: one description, drawn as text, as SVG or in a page.
 *
 * @example
 * import { plotHistory } from 'myelin/plot';
 * const plot = plotHistory({ loss: [0.9, 0.5, 0.3], val_loss: [0.8, 0.6, 0.5] });
 * console.log(plot.terminal({ width: 60 }));
 * plot.svg().startsWith('<svg'); // true
 */
export class Plot {
  constructor(
    /** What is drawn, as data. */
    readonly picture: Picture,
  ) {}

  /** Lines of text for a terminal. */
  terminal(options: TerminalOptions = {}): string {
    return terminalText(this.picture, options);
  }

  /**
   * Writes the lines of text as the stream can show them: as wide as the terminal, at most 100; with colour unless it is
   * no terminal or `NO_COLOR` is set; in ASCII where it has no Unicode. In a page, plain to the console.
   *
   * `stream` is where to: default `process.stdout`. Throws a ConfigError for what has no method `write`.
   *
   * @example
   * import { plotBars } from 'myelin/plot';
   * plotBars({ linear: 0.79, mlp: 0.83 }).print();
   */
  print(stream?: PrintStream): void {
    printPicture(this.picture, stream);
  }

  /**
   * The picture as SVG: the same text for the same picture, readable on light and on dark pages. Throws a ConfigError for options
   * that are none.
   */
  svg(options: SvgOptions = {}): string {
    return svgOf(this.picture, options);
  }

  /** The SVG as an element of the page. */
  element(options: SvgOptions = {}): PageElement {
    return pageElement(this.picture, options);
  }

  /** As text, plain and 80 wide. */
  toString(): string {
    return this.terminal();
  }
}
