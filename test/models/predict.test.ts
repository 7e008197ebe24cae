import { describe, expect, test } from 'vitest';
import { Dense, Sequential, setRandomSeed, type Tensor, tensor } from '../../src/index.js';

describe('one batch that nobody watches', () => {
  const model = () => {
    setRandomSeed(5);
    return new Sequential([new Dense(3, { activation: 'tanh', inputShape: [2] })]);
  };
  const x = tensor(Array.from({ length: 7 }, (_, i) => [i, Math.sin(i)]));

  test('has the outputs that it has in a loop, and in smaller batches', async () => {
    const made = model();
    const outputs = (await made.predict(x)).toArray();
    let told: Tensor | undefined;
    const callbacks = [
      {
        onPredictBatchEnd: (_: number, logs: { outputs: Tensor }) => {
          told = logs.outputs;
        },
      },
    ];
    expect((await made.predict(x, { callbacks })).toArray()).toEqual(outputs);
    expect(told!.toArray()).toEqual(outputs);
    expect((await made.predict(x, { batchSize: 3 })).toArray()).toEqual(outputs);
    expect((await made.predict(x, { batchSize: 7 })).toArray()).toEqual(outputs);
    expect((await made.predict(x, { steps: 2 })).toArray()).toEqual(outputs);
    expect((await made.predictOnBatch(x)).toArray()).toEqual(outputs);
  });

  test('is refused once the signal is aborted', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(model().predict(x, { signal })).rejects.toThrow('enough');
  });

  test('does not heed a stop of another run', async () => {
    const made = model();
    made.stopPredicting = true;
    expect((await made.predict(x)).shape).toEqual([7, 3]);
    expect(made.stopPredicting).toBe(false);
  });

  test('keeps its outputs when the next one is computed', async () => {
    const made = model();
    const first = await made.predict(x);
    const values = [...first.data()];
    await made.predict(x.mul(2));
    expect([...first.data()]).toEqual(values);
  });
});
