import { describe, expect, test } from 'vitest';
import { inferRole } from '../../../src/cli/train/inference.js';
import type { Column } from '../../../src/data/table.js';

const numbers = (name: string, values: readonly number[]): Column => ({
  name,
  kind: 'number',
  values: Float64Array.from(values),
  missing: values.filter(Number.isNaN).length,
});
const texts = (name: string, values: readonly (string | null)[]): Column => ({
  name,
  kind: 'text',
  values,
  missing: values.filter((value) => value === null).length,
});
const sixty = (cell: (i: number) => number) => Array.from({ length: 60 }, (_, i) => cell(i));
const sixtyTexts = (cell: (i: number) => string | null) => Array.from({ length: 60 }, (_, i) => cell(i));
const roleOf = (column: Column) => inferRole(column, column.values.length).role;

describe('a column of numbers', () => {
  test('that counts the rows is an identifier, in order, from any number on, mixed, or with gaps', () => {
    expect(
      roleOf(
        numbers(
          'n',
          sixty((i) => i + 1),
        ),
      ),
    ).toBe('identifier');
    expect(
      roleOf(
        numbers(
          'n',
          sixty((i) => 892 + i),
        ),
      ),
    ).toBe('identifier');
    expect(
      roleOf(
        numbers(
          'n',
          sixty((i) => (i * 7) % 60),
        ),
      ),
    ).toBe('identifier');
    expect(
      roleOf(
        numbers(
          'n',
          sixty((i) => i + Math.floor(i / 3)),
        ),
      ),
    ).toBe('identifier');
  });

  test('is a number where values repeat, are missing, have decimals, or are spread', () => {
    expect(
      roleOf(
        numbers(
          'age',
          sixty((i) => i % 30),
        ),
      ),
    ).toBe('number');
    expect(
      roleOf(
        numbers(
          'age',
          sixty((i) => (i === 3 ? Number.NaN : i)),
        ),
      ),
    ).toBe('number');
    expect(
      roleOf(
        numbers(
          'age',
          sixty((i) => i + 0.5),
        ),
      ),
    ).toBe('number');
    expect(
      roleOf(
        numbers(
          'fare',
          sixty((i) => (i * 37) % 1009),
        ),
      ),
    ).toBe('number');
  });

  test.each(['PassengerId', 'row_id', 'ID', 'house id', 'Index', 'Order Number', 'Unnamed: 3', 'phone'])(
    'named %s is an identifier',
    (name) => {
      expect(
        roleOf(
          numbers(
            name,
            sixty((i) => (i * 37) % 1009),
          ),
        ),
      ).toBe('identifier');
    },
  );

  test.each(['width', 'humidity', 'Paid', 'idle', 'Number of people'])(
    'named %s is none: id is not a word of it',
    (name) => {
      expect(
        roleOf(
          numbers(
            name,
            sixty((i) => (i * 37) % 1009),
          ),
        ),
      ).toBe('number');
    },
  );
});

describe('a column of text', () => {
  test('of different single words is an identifier, of different sentences free text', () => {
    expect(
      roleOf(
        texts(
          'code',
          sixtyTexts((i) => `A-${i * 7}`),
        ),
      ),
    ).toBe('identifier');
    expect(
      roleOf(
        texts(
          'who',
          sixtyTexts((i) => `Mr. Number ${i}`),
        ),
      ),
    ).toBe('text');
  });

  test('of few kinds is a category, of too many for its rows free text', () => {
    expect(
      roleOf(
        texts(
          'port',
          sixtyTexts((i) => ['S', 'C', 'Q'][i % 3]!),
        ),
      ),
    ).toBe('category');
    expect(
      roleOf(
        texts(
          'cabin',
          sixtyTexts((i) => (i % 2 ? null : `C${i % 40}`)),
        ),
      ),
    ).toBe('text');
  });
});

test('constant and empty columns are neither', () => {
  expect(
    roleOf(
      numbers(
        'one',
        sixty(() => 1),
      ),
    ),
  ).toBe('constant');
  expect(
    roleOf(
      texts(
        'none',
        sixtyTexts(() => null),
      ),
    ),
  ).toBe('all missing');
  expect(
    roleOf(
      texts(
        'there',
        sixtyTexts((i) => (i % 2 ? 'yes' : null)),
      ),
    ),
  ).toBe('category');
});
