import { describe, expect, it } from 'vitest';
import { declared } from '../../src/core/configurable.js';
import { arg, int, text } from '../../src/core/fields.js';
import { Block, Custom, Dense, message, none, Pool, Ridge } from './declared.js';

// What a JavaScript user can write, past the types.
// biome-ignore lint/suspicious/noExplicitAny: wrong on purpose
const make = (...args: any[]) => new (Dense as any)(...args);

describe('a configuration', () => {
  it('has every option, defaults filled in', () => {
    const { units, activation, useBias, beta1, name, inputShape } = new Dense(3, { activation: 'relu' })
      .config;
    expect({ units, activation, useBias, beta1, name, inputShape }).toEqual({
      units: 3,
      activation: 'relu',
      useBias: true,
      beta1: 0.9,
      name: null,
      inputShape: null,
    });
  });

  it('takes undefined as left out', () => {
    expect(new Dense(3, { activation: undefined, name: undefined }).config.activation).toBe('linear');
    expect(new Pool().config.size).toBe(2);
    expect(new Pool(undefined, { name: 'p' }).config.size).toBe(2);
  });

  it('takes instances, names and functions of a kind', () => {
    expect(new Dense(1, { kernelRegularizer: 'ridge' }).config.kernelRegularizer).toBeInstanceOf(Ridge);
    expect(new Dense(1, { kernelRegularizer: (x) => x }).config.kernelRegularizer).toBeInstanceOf(Custom);
    const own = new Ridge(0.5);
    expect(new Dense(1, { kernelRegularizer: own }).config.kernelRegularizer).toBe(own);
  });

  it('orders positional options by parameter, whatever the order of the keys', () => {
    const declare = (first = arg(int()), second = arg(text())) => ({ second, first });
    class Swapped extends declared(Block, 'Swapped', declare, none) {}
    expect(new Swapped(1, 'two').config).toEqual({ second: 'two', first: 1 });
  });
});

const expectedActivation = "expected 'linear' or 'relu', received";
const options =
  'activation, useBias, beta1, axis, monitor, scale, kernelRegularizer, name, trainable, dtype, inputShape';
const usage = 'Write `new Dense(units, { … })`';

describe('a wrong option', () => {
  it.each<[string, () => unknown, string, string?, string?]>([
    [
      'left out',
      () => make(),
      'Dense units expected an integer of 1 or more, received nothing.',
      'Write `new Dense(units, { … })`.',
    ],
    [
      'of the wrong sign',
      () => make(0),
      'Dense units expected an integer of 1 or more, received 0.',
      'Write `new Dense(units, { … })`.',
    ],
    [
      'not whole',
      () => make(2.5),
      'Dense units expected an integer of 1 or more, received 2.5.',
      'Write `new Dense(units, { … })`.',
    ],
    ['of the wrong type', () => make('10'), "Dense units expected an integer of 1 or more, received '10'."],
    [
      'out of range',
      () => make(1, { beta1: 1 }),
      'Dense beta1 expected a number of 0 or more and below 1, received 1.',
    ],
    [
      'misspelt',
      () => make(1, { activation: 'rleu' }),
      `Dense activation ${expectedActivation} 'rleu'.`,
      "Did you mean 'relu'?",
      'name-unknown',
    ],
    [
      'in a named object',
      () => make(1, { activation: 'relu!', name: 'head' }),
      `Dense 'head' activation ${expectedActivation} 'relu!'.`,
      "Did you mean 'relu'?",
      'name-unknown',
    ],
    ['null', () => make(1, { useBias: null }), 'Dense useBias expected true or false, received null.'],
    [
      'an empty name',
      () => make(1, { name: '' }),
      "Dense '' name expected a string that is not empty or null, received ''.",
    ],
    [
      'a list with a wrong element',
      () => make(1, { axis: [1, 'a'] }),
      "Dense axis expected an integer, or an array, each an integer or null, received [1, 'a'].",
    ],
    [
      'a shape with a negative size',
      () => make(1, { inputShape: [-1] }),
      'Dense inputShape expected an array of sizes without the batch axis, such as [28, 28, 1] or null, received [-1].',
    ],
    [
      'an unknown class name',
      () => make(1, { kernelRegularizer: 'rigde' }),
      "Dense kernelRegularizer expected 'ridge', a penalty or a function or null, received 'rigde'.",
      "Did you mean 'ridge'?",
      'name-unknown',
    ],
    [
      'an instance of another kind',
      () => make(1, { kernelRegularizer: new Dense(1) }),
      "Dense kernelRegularizer expected 'ridge', a penalty or a function or null, received a Dense.",
    ],
  ])('%s', (_, body, first, fix, code = 'option-value') => {
    const fixLine = fix ? `\n  fix    ${fix}` : '';
    expect(message(body)).toBe(`ConfigError: ${first}${fixLine}\n  code   ${code}`);
  });

  it('with an unknown name offers the nearest', () => {
    expect(message(() => make(1, { kernelRegulariser: null }))).toBe(
      `ConfigError: Dense expected options among ${options}, received 'kernelRegulariser'.\n` +
        "  fix    Did you mean 'kernelRegularizer'?\n  code   option-unknown",
    );
    expect(message(() => make(1, { use_bias: true }))).toContain("Did you mean 'useBias'?");
  });

  it.each(['constructor', 'toString', '__defineGetter__'])('named %s is refused', (key) => {
    expect(message(() => make(1, { [key]: 1 }))).toContain(`received '${key}'`);
  });

  it('is not taken from a class without options', () => {
    // biome-ignore lint/suspicious/noExplicitAny: wrong on purpose
    expect(message(() => new (Custom as any)({ l1: 1 }))).toContain(
      "Custom expected no options, received 'l1'.",
    );
  });
});

describe('a wrong position', () => {
  it.each<[string, () => unknown, string]>([
    [
      'a positional option by name',
      () => make({ units: 3 }),
      `Dense units expected an integer of 1 or more, received { units }.\n  fix    ${usage}: ` +
        'what the class cannot do without comes first, without its name.\n  code   option-value',
    ],
    [
      'a positional option given twice',
      () => make(3, { units: 3 }),
      `Dense expected options among ${options}, received 'units'.\n  fix    ${usage}.\n  code   option-position`,
    ],
    [
      'an option by position',
      () => make(3, 'relu'),
      `Dense expected an object of options as its last argument, received 'relu'.\n  fix    ${usage}.\n  code   option-position`,
    ],
    [
      'an array for the options',
      () => make(3, [1]),
      `Dense expected an object of options as its last argument, received [1].\n  fix    ${usage}.\n  code   option-position`,
    ],
    [
      'one argument too many',
      () => make(3, {}, 'relu'),
      `Dense expected an object of options as its last argument, received 'relu'.\n  fix    ${usage}.\n  code   option-position`,
    ],
  ])('%s', (_, body, text) => {
    expect(message(body)).toBe(`ConfigError: ${text}`);
  });
});
