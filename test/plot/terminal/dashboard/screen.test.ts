import { expect, test } from 'vitest';
import { Screen } from '../../../../src/plot/terminal/dashboard/screen.js';
import { VirtualScreen } from './virtual-screen.js';

const two = (stream: VirtualScreen) => {
  const screens = [new Screen(stream), new Screen(stream)] as const;
  for (const screen of screens) screen.open();
  return screens;
};

test.each([
  ['the first', [0, 1]],
  ['the last', [1, 0]],
] as const)('two screens on one stream leave its write as it was: %s ends first', (_, order) => {
  const stream = new VirtualScreen();
  const { write } = stream;
  const screens = two(stream);
  screens[order[0]].close();
  expect(stream.write).not.toBe(write);
  screens[order[1]].close();
  expect(stream.write).toBe(write);
  expect(Object.hasOwn(stream, 'write')).toBe(false);
});

test('a write of the stream itself comes back as one', () => {
  const stream = new VirtualScreen();
  const own = stream.write.bind(stream);
  stream.write = own;
  const screens = two(stream);
  for (const screen of screens) screen.close();
  expect(stream.write).toBe(own);
});

test('what somebody else has put before it stays', () => {
  const stream = new VirtualScreen();
  const screen = new Screen(stream);
  screen.open();
  const watched = stream.write;
  const other = (text: string) => watched.call(stream, text);
  stream.write = other;
  screen.close();
  expect(stream.write).toBe(other);
  stream.write('still\n');
  expect(stream.text).toBe('still');
});
