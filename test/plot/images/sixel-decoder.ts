/** Reads sixel text back: as much of the format as the encoder may write. */

export interface Decoded {
  readonly width: number;
  readonly height: number;
  /** Red, green and blue in percent, or undefined where nothing was drawn. */
  at(x: number, y: number): readonly number[] | undefined;
}

export function decodeSixel(text: string): Decoded {
  const [begin, end] = ['\u001bP0;1q', '\u001b\\'];
  const frame = /^"1;1;(\d+);(\d+)(.*)$/.exec(text.slice(begin.length, -end.length));
  if (!frame || !text.startsWith(begin) || !text.endsWith(end)) throw new Error('no sixel frame');
  const [width, height, body] = [Number(frame[1]), Number(frame[2]), frame[3]!];
  const colours = new Map<number, readonly number[]>();
  const pixels = new Map<number, readonly number[]>();
  let [x, y, colour] = [0, 0, -1];
  const token = /#(\d+);2;(\d+);(\d+);(\d+)|#(\d+)|!(\d+)([?-~])|([?-~])|(\$)|(-)/y;
  while (token.lastIndex < body.length) {
    const [, defined, red, green, blue, chosen, times, repeated, single, back, down] = token.exec(body) ?? [];
    if (defined !== undefined) colours.set(Number(defined), [Number(red), Number(green), Number(blue)]);
    else if (chosen !== undefined) colour = Number(chosen);
    else if (back) x = 0;
    else if (down) [x, y] = [0, y + 6];
    else if (repeated ?? single) {
      const bits = (repeated ?? single)!.charCodeAt(0) - 63;
      for (let n = Number(times ?? 1); n > 0; n--, x++) {
        if (x >= width) throw new Error('beyond the right side');
        for (let bit = 0; bit < 6; bit++) {
          if (!(bits & (1 << bit))) continue;
          if (y + bit >= height) throw new Error('beyond the bottom');
          if (!colours.has(colour)) throw new Error(`no colour ${colour}`);
          pixels.set((y + bit) * width + x, colours.get(colour)!);
        }
      }
    } else throw new Error(`no sixel text: ${body.slice(token.lastIndex, token.lastIndex + 10)}`);
  }
  return { width, height, at: (x, y) => pixels.get(y * width + x) };
}
