import { describe, expect, test } from 'vitest';
import {
  Conv1D,
  Conv2D,
  Conv3D,
  Cropping2D,
  Flatten,
  Input,
  MaxPooling2D,
  type MyelinError,
  Sequential,
  zeros,
} from '../../src/index.js';

function failure(body: () => unknown): MyelinError {
  try {
    body();
  } catch (error) {
    return error as MyelinError;
  }
  throw new Error('nothing was thrown');
}

const images = "Conv2D 'edges' expected inputs of shape [batch, height, width, channels], received";
const edges = (options: ConstructorParameters<typeof Conv2D>[2] = {}) =>
  new Conv2D(8, 3, { name: 'edges', ...options });

describe('images without their axis of channels', () => {
  test('are told where it goes', () => {
    const { message } = failure(() => edges().apply(zeros([32, 28, 28])));
    expect(message).toBe(
      `${images} [32, 28, 28].
  fix    Give images their axis of channels: \`x.expandDims(-1)\`, and \`inputShape: [28, 28, 1]\` where it is stated.
  code   missing-channel-axis`,
    );
  });

  test('are told so by inputShape, and with channels first', () => {
    const { message } = failure(
      () => new Sequential([edges({ inputShape: [28, 30], dataFormat: 'channels_first' })]),
    );
    expect(message).toContain('expected inputs of shape [batch, channels, height, width]');
    expect(message).toContain('`x.expandDims(1)`, and `inputShape: [1, 28, 30]`');
  });

  test('are told so by a model that is built for one channel', async () => {
    const model = new Sequential([edges({ inputShape: [28, 28, 1] })]);
    await expect(model.predict(zeros([32, 28, 28]))).rejects.toMatchObject({ code: 'missing-channel-axis' });
  });

  test('are told so of sequences and volumes in their own words', () => {
    expect(failure(() => new Conv1D(2, 3).apply(zeros([32, 9]))).expected).toContain(
      '[batch, steps, channels]',
    );
    expect(failure(() => new Conv3D(2, 3).apply(zeros([2, 9, 9, 9]))).expected).toContain(
      '[batch, depth, height, width, channels]',
    );
  });
});

describe('one image in place of a batch', () => {
  test.each([1, 3, 4])('is found by its %i channels', (channels) => {
    const { code, fix } = failure(() => edges().apply(zeros([28, 28, channels])));
    expect(code).toBe('missing-batch-axis');
    expect(fix).toContain('`x.expandDims(0)`');
  });
});

describe('a batch axis inside inputShape', () => {
  test.each([
    ['open', [null, 28, 28, 1]],
    ['of a size', [32, 28, 28, 1]],
  ])('that is %s is found', (_, inputShape) => {
    const { code, fix, where } = failure(() => new Sequential([edges({ inputShape })], { name: 'digits' }));
    expect(code).toBe('batch-in-shape');
    expect(fix).toBe('Leave the batch axis out: `inputShape: [28, 28, 1]`.');
    expect(where).toBe("Sequential 'digits' > layer 1 of 1");
  });

  test('is found behind an Input', () => {
    const { code } = failure(() => new Sequential([Input([null, 28, 28, 1]), edges()]));
    expect(code).toBe('batch-in-shape');
  });
});

describe('other numbers of axes', () => {
  test('are refused', () => {
    expect(failure(() => edges().apply(zeros([2, 3, 28, 28, 1]))).code).toBe('shape-mismatch');
  });

  test('of flat inputs say that the layer comes too late', () => {
    const { message } = failure(
      () => new Sequential([new Flatten({ inputShape: [28, 28, 1] }), new MaxPooling2D()]),
    );
    expect(message).toContain('received [batch, 784]');
    expect(message).toContain('Put this layer before `new Flatten()`.');
  });
});

describe('a kernel or a window larger than the image', () => {
  test.each([
    ['Conv2D', () => new Conv2D(8, 5).apply(zeros([2, 3, 3, 1]))],
    ['Conv2D with dilation', () => new Conv2D(8, 3, { dilationRate: 2 }).apply(zeros([2, 3, 3, 1]))],
    ['MaxPooling2D', () => new MaxPooling2D(5).apply(zeros([2, 3, 3, 1]))],
    ['Conv2D with an open axis', () => new Conv2D(8, 5).computeOutputShape([null, 3, null, 1])],
  ])('is refused by %s', (_, body) => {
    const { code, fix } = failure(body);
    expect(code).toBe('window-too-large');
    expect(fix).toMatch(
      /^Input 3( x 3)? is too small for (dilated kernel|kernel|window) 5( x 5)?; padding: 'same' or a smaller/,
    );
  });

  test('fits with same padding, and with causal padding', () => {
    expect(new Conv2D(8, 5, { padding: 'same' }).apply(zeros([2, 3, 3, 1])).shape).toEqual([2, 3, 3, 8]);
    expect(new Conv1D(8, 5, { padding: 'causal' }).apply(zeros([2, 3, 1])).shape).toEqual([2, 3, 8]);
  });

  test('is refused in a model with the place of the layer', () => {
    const small = () =>
      new Sequential([new MaxPooling2D(4, { inputShape: [8, 8, 1] }), edges()], { name: 'digits' });
    expect(failure(small).message).toBe(
      `Conv2D 'edges' expected an input of at least 3 x 3, received 2 x 2.
  where  Sequential 'digits' > layer 2 of 2
  fix    Input 2 x 2 is too small for kernel 3 x 3; padding: 'same' or a smaller kernel.
  code   window-too-large`,
    );
  });

  test('cannot be cropped away', () => {
    const { message } = failure(() =>
      new Cropping2D([
        [2, 2],
        [0, 0],
      ]).apply(zeros([2, 4, 9, 1])),
    );
    expect(message).toContain(
      'expected inputs larger than the [[2,2],[0,0]] that is cut off, received [2, 4, 9, 1]',
    );
  });
});

describe('another number of channels than the kernel has', () => {
  const built = (dataFormat: 'channels_last' | 'channels_first' = 'channels_last') => {
    const layer = edges({ dataFormat });
    layer.apply(dataFormat === 'channels_last' ? zeros([1, 9, 9, 3]) : zeros([1, 3, 9, 9]));
    return layer;
  };

  test('is refused', () => {
    const { message } = failure(() => built().apply(zeros([1, 9, 9, 4])));
    expect(message).toContain('expected inputs of shape [batch, height, width, 3], received [1, 9, 9, 4]');
    expect(message).toContain('The kernel is made for 3 channels');
  });

  test('names the other data format when the channels stand there', () => {
    expect(failure(() => built().apply(zeros([1, 3, 9, 9]))).fix).toContain("`dataFormat: 'channels_first'`");
    const { expected, fix } = failure(() => built('channels_first').apply(zeros([1, 9, 9, 3])));
    expect(expected).toBe('inputs of shape [batch, 3, height, width]');
    expect(fix).toContain("`dataFormat: 'channels_last'`");
  });

  test('must be known before the weights are made', () => {
    const { message } = failure(() => edges().computeOutputShape([null, 9, 9, null]));
    expect(message).toContain('with a known number of channels, received [batch, 9, 9, any]');
  });
});

describe('groups', () => {
  test('must divide the filters', () => {
    const { code, message } = failure(() => edges({ groups: 3 }));
    expect(code).toBe('option-value');
    expect(message).toContain(
      "Conv2D 'edges' expected filters and input channels that can be divided by groups 3",
    );
    expect(message).toContain('received 8 filters');
  });

  test('must divide the channels', () => {
    const { code, received } = failure(() => edges({ groups: 4 }).apply(zeros([1, 9, 9, 6])));
    expect([code, received]).toEqual(['shape-mismatch', '6 channels']);
  });
});
