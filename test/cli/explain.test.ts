import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { knownCodes, sectionOf } from '../../src/cli/explain/codes.js';
import { myelin } from './surroundings.js';

test('without a name it says what it can explain', async () => {
  const { lines } = await myelin(['explain']);
  expect(lines).toContain('  shape-mismatch');
  expect(lines.some((line) => line.startsWith('  titanic  '))).toBe(true);
  expect((await myelin(['explain', '--help'])).lines[0]).toBe('myelin explain CODE');
});

describe('a code', () => {
  test('is explained as docs/errors.md does', async () => {
    const { lines, code } = await myelin(['explain', 'not-flattened']);
    expect(code).toBe(0);
    expect(lines[0]).toBe('not-flattened, a ShapeError. For example:');
    expect(lines).toContain('  fix    Add `new Flatten()` before this layer.'.replace(/^/, '  '));
    expect(lines.at(-1)).toBe('The pixels are all there, but in rows and columns.');
  });

  test('of any kind that the page has is found', () => {
    const page = readFileSync('docs/errors.md', 'utf8');
    for (const code of knownCodes.filter((known) => page.includes(`## \`${known}\``)))
      expect(sectionOf(page, code)).toContain(`code   ${code}`);
  });

  test('with a slip is offered', async () => {
    const { errors, code } = await myelin(['explain', 'shape-mismach']);
    expect(code).toBe(2);
    expect(errors).toContain('  fix    Write `myelin explain shape-mismatch`.');
  });
});

describe('a network', () => {
  test('has a list of stages', async () => {
    const { lines } = await myelin(['explain', 'linear']);
    expect(lines.some((line) => /^ {2}training step +graph +\d+$/.test(line))).toBe(true);
    expect(lines.some((line) => /^ {2}prediction +program +\d+$/.test(line))).toBe(true);
  });

  test('has one stage by its name, for a batch of that size', async () => {
    const { lines } = await myelin(['explain', 'linear', '--stage', 'join', '--batch', '5']);
    expect(lines[0]).toBe('== linear: training step, join ==');
    expect(lines.join('\n')).toMatch(/< 5\b/);
    expect(lines.filter((line) => line.startsWith('== '))).toHaveLength(2);
  });

  test('offers the nearest stage', async () => {
    const { errors, code } = await myelin(['explain', 'linear', '--stage', 'jion']);
    expect(code).toBe(2);
    expect(errors).toContain('  fix    Write --stage "join".');
  });
});
