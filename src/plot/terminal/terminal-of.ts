/** What the place that is written to can show. */

export interface Terminal {
  readonly width: number;
  readonly colour: boolean;
  /** Whether it shows any colour, not only 256. */
  readonly trueColour?: boolean;
  readonly unicode: boolean;
}

export interface Stream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** `NO_COLOR` is respected as no-color.org says: any value but the empty one. */
export function terminalOf(stream: Stream, environment: Environment, platform: string): Terminal {
  const { NO_COLOR, TERM, COLUMNS, COLORTERM } = environment;
  // A pseudo-terminal whose size nobody has set says 0.
  const columns = stream.columns || Number(COLUMNS) || 80;
  const colour = stream.isTTY === true && !NO_COLOR && TERM !== 'dumb';
  return {
    width: Math.min(100, Math.max(8, columns - 1)),
    colour,
    trueColour: colour && /^(truecolor|24bit)$/i.test(COLORTERM ?? ''),
    unicode: showsUnicode(environment, platform),
  };
}

/** Whether what was written can be drawn again: by a person at a screen that obeys codes. */
export const isLive = ({ isTTY }: Stream, { CI, TERM }: Environment): boolean =>
  isTTY === true && !CI && TERM !== 'dumb';

function showsUnicode(
  { TERM, WT_SESSION, TERM_PROGRAM, LC_ALL, LC_CTYPE, LANG }: Environment,
  platform: string,
) {
  if (platform === 'win32') return Boolean(WT_SESSION || TERM_PROGRAM);
  if (TERM === 'linux' || TERM === 'dumb') return false;
  const locale = LC_ALL || LC_CTYPE || LANG || '';
  // Containers often have no locale at all, though whoever reads their output has UTF-8.
  return locale === '' || /utf-?8/i.test(locale);
}
