import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { plotBars } from '../../../src/plot/index.js';

beforeEach(() => {
  for (const name of ['NO_COLOR', 'COLORTERM', 'COLUMNS', 'LC_ALL', 'LC_CTYPE']) vi.stubEnv(name, '');
  vi.stubEnv('TERM', 'xterm-256color');
  vi.stubEnv('LANG', 'C.UTF-8');
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const plot = plotBars({ linear: 0.79, mlp: 0.83 });
const introducer = '\u001b';

function printed(stream: { isTTY?: boolean; columns?: number }): string {
  const written: string[] = [];
  plot.print({ ...stream, write: (text) => written.push(text) });
  expect(written).toHaveLength(1);
  return written[0]!;
}

test('a terminal gets colour, at its width', () => {
  const text = printed({ isTTY: true, columns: 41 });
  expect(text).toBe(`${plot.terminal({ width: 40, colour: true })}\n`);
  expect(text).toContain(introducer);
});

test('NO_COLOR, and what is no terminal, get none', () => {
  expect(printed({ columns: 41 })).toBe(`${plot.terminal({ width: 40 })}\n`);
  vi.stubEnv('NO_COLOR', '1');
  expect(printed({ isTTY: true, columns: 41 })).not.toContain(introducer);
});

test('a terminal without Unicode gets ASCII, and one without a size 80 columns', () => {
  vi.stubEnv('LANG', 'C');
  expect(printed({ isTTY: true, columns: 41 }).replaceAll(introducer, '')).toMatch(/^[ -~\n]*$/);
  expect(printed({ columns: 0 })).toBe(`${plot.terminal({ width: 79, unicode: false })}\n`);
});

test('it goes to the standard output, and in a page to the console', () => {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  plot.print();
  expect(write).toHaveBeenCalledTimes(1);
  write.mockRestore();
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  vi.stubGlobal('process', undefined);
  plot.print();
  vi.unstubAllGlobals();
  expect(log.mock.calls).toEqual([[plot.terminal()]]);
});

test('what is no stream is an error', () => {
  expect(() => plot.print(null as never)).toThrow('plot.print expected a stream with a method write');
  expect(() => plot.print('out.txt' as never)).toThrow("received 'out.txt'");
});
