/** A picture written to where a program writes. */

import { problem } from '../../core/errors.js';
import { show } from '../../core/text.js';
import type { Picture } from '../description.js';
import { processOf } from './process.js';
import { type Stream, terminalOf } from './terminal-of.js';
import { terminalText } from './text.js';

/** Where text is written: `process.stdout`, or what is like it. */
export interface PrintStream extends Stream {
  write(text: string): unknown;
}

export function printPicture(picture: Picture, given: PrintStream | undefined): void {
  const { stdout, env = {}, platform = '' } = processOf() ?? {};
  const stream = given === undefined ? (stdout as PrintStream | undefined) : given;
  if (stream === undefined) {
    console.log(terminalText(picture, {}));
    return;
  }
  if (typeof stream?.write !== 'function')
    throw problem('argument-value', {
      subject: 'plot.print',
      expected: 'a stream with a method write, such as process.stdout',
      received: show(stream),
    });
  stream.write(`${terminalText(picture, terminalOf(stream, env, platform))}\n`);
}
