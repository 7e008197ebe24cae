import { describe, expect, it } from 'vitest';
import {
  bug,
  ConfigError,
  type ErrorCode,
  errorCodes,
  inContext,
  MyelinError,
  problem,
  ShapeError,
} from '../../src/core/errors.js';

const wrongShape = (where?: string) =>
  problem('shape-mismatch', {
    subject: "Dense 'head'",
    expected: 'inputs of shape [batch, 784]',
    received: '[32, 28, 28, 1]',
    where,
    fix: 'Add `new Flatten()` before this layer.',
  });

const caught = (body: () => unknown): MyelinError => {
  try {
    body();
  } catch (error) {
    if (error instanceof MyelinError) return error;
  }
  throw new Error('no error of ours was thrown');
};

describe('the text of an error', () => {
  it('has a first line that is complete in itself, then where, fix and code', () => {
    expect(String(wrongShape("model.fit > Sequential 'digits' > layer 3 of 5"))).toBe(
      "ShapeError: Dense 'head' expected inputs of shape [batch, 784], received [32, 28, 28, 1].\n" +
        "  where  model.fit > Sequential 'digits' > layer 3 of 5\n" +
        '  fix    Add `new Flatten()` before this layer.\n' +
        '  code   shape-mismatch',
    );
  });

  it('leaves out the lines that say nothing', () => {
    expect(
      String(problem('argument-value', { subject: 'eye n', expected: 'an integer', received: "'a'" })),
    ).toBe("ConfigError: eye n expected an integer, received 'a'.\n  code   argument-value");
  });

  it('begins the stack with the class and the message', () => {
    expect(wrongShape().stack).toMatch(/^ShapeError: Dense 'head' expected inputs/);
  });

  it('asks for a report when the fault is ours', () => {
    expect(String(bug('a buffer for each value', 'none for %3'))).toBe(
      'MyelinError: myelin itself expected a buffer for each value, received none for %3.\n' +
        '  fix    This is a fault of the library, not of your code. Please report it with this message and stack.\n' +
        '  code   bug',
    );
  });
});

describe('the data of an error', () => {
  it('is readable as fields', () => {
    const { where, expected, received, fix, code, subject } = wrongShape('model.fit');
    expect({ where, expected, received, fix, code, subject }).toEqual({
      where: 'model.fit',
      expected: 'inputs of shape [batch, 784]',
      received: '[32, 28, 28, 1]',
      fix: 'Add `new Flatten()` before this layer.',
      code: 'shape-mismatch',
      subject: "Dense 'head'",
    });
  });

  it.each(
    Object.entries(errorCodes).flatMap(([className, codes]) =>
      codes.map((code): [ErrorCode, string] => [code, className]),
    ),
  )('%s makes a %s', (code, className) => {
    const error = problem(code, { subject: 'a', expected: 'b', received: 'c' });
    expect(error).toBeInstanceOf(MyelinError);
    expect(error.name).toBe(className);
    expect(error.code).toBe(code);
  });

  it('has a class that tells one kind from another', () => {
    expect(wrongShape()).toBeInstanceOf(ShapeError);
    expect(wrongShape()).not.toBeInstanceOf(ConfigError);
  });
});

describe('inContext', () => {
  const thrower = () => {
    throw wrongShape();
  };

  it('puts outer frames before inner ones, in message and stack', () => {
    const error = caught(() => inContext('model.fit', () => inContext("layer 'head'", thrower)));
    expect(error.where).toBe("model.fit > layer 'head'");
    expect(error.message).toContain("\n  where  model.fit > layer 'head'\n  fix ");
    expect(error.stack).toContain("where  model.fit > layer 'head'");
  });

  it('frames errors of promises', async () => {
    const failing = inContext('model.fit', async () => thrower());
    await expect(failing).rejects.toMatchObject({ where: 'model.fit' });
  });

  it('returns what the body returns', async () => {
    expect(inContext('a', () => 3)).toBe(3);
    expect(await inContext('a', async () => 4)).toBe(4);
  });

  it('leaves errors of others as they are', () => {
    const other = new TypeError('x is not a function');
    expect(() =>
      inContext('model.fit', () => {
        throw other;
      }),
    ).toThrow(other);
    expect(other.message).toBe('x is not a function');
  });
});
