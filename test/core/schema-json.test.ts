import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/fields.js';
import { Dense, message, Pool, Ridge } from './declared.js';

const float32 = {
  module: 'keras',
  class_name: 'DTypePolicy',
  config: { name: 'float32' },
  registered_name: null,
};

describe("Keras's JSON", () => {
  it('has every option in snake case, those of the kind first', () => {
    const dense = new Dense(3, { kernelRegularizer: new Ridge(0.5), inputShape: [4] });
    expect(dense.getConfig()).toEqual({
      name: 'dense',
      trainable: true,
      dtype: float32,
      units: 3,
      activation: 'linear',
      use_bias: true,
      beta_1: 0.9,
      axis: null,
      monitor: 'loss',
      scale: null,
      kernel_regularizer: {
        module: 'keras.regularizers',
        class_name: 'Ridge',
        config: { strength: 0.5 },
        registered_name: null,
      },
    });
    expect(Object.keys(dense.getConfig())[0]).toBe('name');
  });

  it('has only what differs from the defaults when minimal', () => {
    expect(new Dense(3, { beta1: 0.5, name: 'head' }).getConfig({ minimal: true })).toEqual({
      name: 'head',
      units: 3,
      beta_1: 0.5,
    });
  });

  it('names functions, which it cannot hold', () => {
    const scale = function double(x: number) {
      return 2 * x;
    };
    const named = {
      module: 'builtins',
      class_name: 'function',
      config: 'double',
      registered_name: 'function',
    };
    expect(new Dense(3, { scale }).getConfig().scale).toEqual(named);
    expect(new Dense(3, { kernelRegularizer: scale }).getConfig().kernel_regularizer).toEqual(named);
  });

  it('makes an equal object, nested ones included', () => {
    const dense = new Dense(3, {
      kernelRegularizer: new Ridge(0.5),
      axis: [1, 2],
      name: 'head',
      beta1: 0.25,
    });
    expect(Dense.fromConfig(dense.getConfig()).getConfig()).toEqual(dense.getConfig());
    expect(Dense.fromConfig(dense.getConfig({ minimal: true })).getConfig()).toEqual(dense.getConfig());
    expect(
      Dense.fromConfig({ units: 3, kernel_regularizer: 'ridge' }).config.kernelRegularizer,
    ).toBeInstanceOf(Ridge);
  });

  it.each<JsonObject>([
    { quantization_config: null },
    { dtype: 'float32' },
    { dtype: float32 },
    { sparse: false, ragged: false, optional: false },
  ])('may have keys that change nothing: %j', (extra) => {
    expect(Dense.fromConfig({ units: 3, ...extra }).config.units).toBe(3);
  });

  it('is refused when an unknown key changes something', () => {
    expect(message(() => Pool.fromConfig({ size: 3, lora_rank: 4 }))).toBe(
      "ConfigError: Pool.fromConfig expected keys among size, name, trainable, dtype, input_shape, received 'lora_rank': 4.\n" +
        '  fix    An unknown key is ignored only when its value changes nothing.\n  code   config-key',
    );
    expect(message(() => Ridge.fromConfig({ strength: 1, dtype: 'float16' }))).toContain("received 'dtype'");
    expect(message(() => Dense.fromConfig({ units: 3, dtype: 'float16' }))).toContain(
      "Dense dtype expected 'float32', received 'float16'.",
    );
    expect(message(() => Dense.fromConfig({ units: 3, sparse: true }))).toContain("received 'sparse': true");
    expect(message(() => Ridge.fromConfig({ constructor: 4 }))).toContain("received 'constructor': 4");
  });

  it('is refused when it has a class that is not known', () => {
    const json = { units: 3, kernel_regularizer: { class_name: 'Rigde', config: {} } };
    expect(message(() => Dense.fromConfig(json))).toBe(
      "ConfigError: A configuration with a penalty expected class_name 'Ridge', received 'Rigde'.\n" +
        "  fix    Did you mean 'Ridge'?\n  code   config-class",
    );
  });

  it.each([null, undefined, 5, ['units']])('is an object: %j is refused in words of ours', (json) => {
    expect(message(() => Dense.fromConfig(json as never))).toMatch(
      /^ConfigError: Dense.fromConfig expected the object of options under 'config', received/,
    );
  });

  it('is refused when a nested class has no object of options, instead of taking the defaults', () => {
    const json = { units: 3, kernel_regularizer: { class_name: 'Ridge', config: 0.5 } };
    expect(message(() => Dense.fromConfig(json))).toContain(
      "Ridge.fromConfig expected the object of options under 'config', received 0.5.",
    );
  });
});
