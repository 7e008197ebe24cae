/** What holds for every optimizer. */
import { describe, expect, test } from 'vitest';
import type { NamedClass } from '../../src/core/named.js';
import { Adafactor } from '../../src/nn/optimizers/adafactor.js';
import { Ftrl } from '../../src/nn/optimizers/ftrl.js';
import { Lamb } from '../../src/nn/optimizers/lamb.js';
import { Lion } from '../../src/nn/optimizers/lion.js';
import { Muon } from '../../src/nn/optimizers/muon.js';
import type { Optimizer } from '../../src/nn/optimizers/optimizer.js';
import { ScheduleFreeAdamW } from '../../src/nn/optimizers/schedule-free-adamw.js';
import { optimizers } from '../../src/nn/optimizers/table.js';
import { compiled } from '../../src/tensor/compiled.js';
import { ones, tensor } from '../../src/tensor/create.js';
import { Variable } from '../../src/tensor/variable.js';

interface Kind extends NamedClass<Optimizer> {
  new (options?: object): Optimizer;
}
const others = [Adafactor, Ftrl, Lamb, Lion, Muon, ScheduleFreeAdamW] as readonly Kind[];
const classes: readonly Kind[] = [...new Set<Kind>(Object.values(optimizers)), ...others];
const named = classes.map((Kind) => [Kind.className, Kind] as const);
const options = { learningRate: 0.1, useEma: true, gradientAccumulationSteps: 2, globalClipnorm: 1 };

const made = () => [
  new Variable(
    tensor([
      [1, -2, 0.5],
      [0, 3, -1],
    ]),
    { name: 'kernel' },
  ),
  new Variable(tensor([0.5, -0.5, 2]), { name: 'bias' }),
];
const gradients = (step: number) => made().map((weight) => weight.sub(step));

describe.each(named)('%s', (_name, Kind) => {
  test('is known by its name in small letters and by that of its class, unless it is to be imported', () => {
    const table: Readonly<Record<string, unknown>> = optimizers;
    const names = [Kind.className, Kind.className.toLowerCase()].map((name) => table[name]);
    expect(names).toEqual(others.includes(Kind) ? [undefined, undefined] : [Kind, Kind]);
  });

  test('makes an equal one of its configuration', () => {
    const optimizer = new Kind(options);
    expect(Kind.fromConfig(optimizer.getConfig()).getConfig()).toEqual(optimizer.getConfig());
  });

  test('does in a program what it does outside of one, with all options at once', () => {
    const [inside, outside] = [new Kind(options), new Kind(options)];
    const [a, b] = [made(), made()];
    inside.build(a);
    const step = compiled((given) => {
      inside.apply([given.kernel!, given.bias!], a);
      return {};
    });
    for (let at = 0; at < 4; at++) {
      const [kernel, bias] = gradients(at);
      step.call({ kernel: kernel!, bias: bias! });
      outside.apply([kernel!, bias!], b);
    }
    const numbers = (variables: readonly Variable[]) => variables.flatMap((variable) => [...variable.data()]);
    const close = (value: number) => expect.closeTo(value, 5);
    expect(numbers([...a, ...inside.variables])).toEqual(numbers([...b, ...outside.variables]).map(close));
    expect(numbers(a)).not.toEqual(numbers(made()));
  });

  test('leaves weights as constraints want them', () => {
    const weight = new Variable(ones([2, 2]), { name: 'kernel', constraint: (w) => w.mul(0).add(7) });
    new Kind().apply([ones([2, 2])], [weight]);
    expect([...weight.data()]).toEqual([7, 7, 7, 7]);
  });
});
