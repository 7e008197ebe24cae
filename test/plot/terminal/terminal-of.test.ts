import { expect, test } from 'vitest';
import { isLive, terminalOf } from '../../../src/plot/terminal/terminal-of.js';

const screen = { isTTY: true, columns: 90 };

test('colour needs a terminal, and NO_COLOR turns it off', () => {
  expect(terminalOf(screen, {}, 'linux').colour).toBe(true);
  expect(terminalOf({}, {}, 'linux').colour).toBe(false);
  expect(terminalOf(screen, { NO_COLOR: '1' }, 'linux').colour).toBe(false);
  expect(terminalOf(screen, { NO_COLOR: '' }, 'linux').colour).toBe(true);
  expect(terminalOf(screen, { TERM: 'dumb' }, 'linux').colour).toBe(false);
});

test('any colour needs a terminal that says so and may show colour', () => {
  const any = (environment: Record<string, string>) => terminalOf(screen, environment, 'linux').trueColour;
  expect(any({})).toBe(false);
  expect(any({ COLORTERM: 'truecolor' })).toBe(true);
  expect(any({ COLORTERM: '24bit' })).toBe(true);
  expect(any({ COLORTERM: 'truecolor', NO_COLOR: '1' })).toBe(false);
});

test('lines are drawn again only for a person at a screen', () => {
  expect(isLive(screen, {})).toBe(true);
  expect(isLive({}, {})).toBe(false);
  expect(isLive(screen, { CI: 'true' })).toBe(false);
  expect(isLive(screen, { TERM: 'dumb' })).toBe(false);
});

test('the width is that of the terminal within reason, and 79 without one', () => {
  expect(terminalOf(screen, {}, 'linux').width).toBe(89);
  expect(terminalOf({}, {}, 'linux').width).toBe(79);
  expect(terminalOf({}, { COLUMNS: '60' }, 'linux').width).toBe(59);
  expect(terminalOf({ columns: 500 }, {}, 'linux').width).toBe(100);
  expect(terminalOf({ columns: 30 }, {}, 'linux').width).toBe(29);
});

test('ASCII is used where the locale or the terminal has nothing else', () => {
  const unicode = (environment: Record<string, string>, platform = 'linux') =>
    terminalOf(screen, environment, platform).unicode;
  expect(unicode({})).toBe(true);
  expect(unicode({ LANG: 'de_DE.UTF-8' })).toBe(true);
  expect(unicode({ LANG: 'C.utf8' })).toBe(true);
  expect(unicode({ LC_ALL: 'C', LANG: 'de_DE.UTF-8' })).toBe(false);
  expect(unicode({ TERM: 'linux' })).toBe(false);
  expect(unicode({}, 'win32')).toBe(false);
  expect(unicode({ WT_SESSION: 'x' }, 'win32')).toBe(true);
});
