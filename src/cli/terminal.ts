/** What the place that is written to can show. */

export interface Terminal {
  readonly width: number;
  readonly colour: boolean;
  readonly unicode: boolean;
}

interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** `NO_COLOR` is respected as no-color.org says: any value but the empty one. */
export function terminalOf(stream: Stream, environment: Environment, platform: string): Terminal {
  const { NO_COLOR, TERM, COLUMNS } = environment;
  const columns = stream.columns ?? (Number(COLUMNS) || 80);
  return {
    width: Math.min(100, Math.max(40, columns - 1)),
    colour: stream.isTTY === true && !NO_COLOR && TERM !== 'dumb',
    unicode: showsUnicode(environment, platform),
  };
}

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
