/** What holds for every optimizer. */
import { describe, expect, test } from 'vitest';
import { float } from '../../src/core/fields.js';
import type { NamedClass } from '../../src/core/named.js';
import { Adafactor } from '../../src/nn/optimizers/adafactor.js';
import { Adam } from '../../src/nn/optimizers/adam.js';
import { Ftrl } from '../../src/nn/optimizers/ftrl.js';
import type { Slots } from '../../src/nn/optimizers/kept.js';
import { Lamb } from '../../src/nn/optimizers/lamb.js';
import { Lion } from '../../src/nn/optimizers/lion.js';
import { Muon } from '../../src/nn/optimizers/muon.js';
import { type Optimizer, optimizer, type Step, type Update } from '../../src/nn/optimizers/optimizer.js';
import { ScheduleFreeAdamW } from '../../src/nn/optimizers/schedule-free-adamw.js';
import { optimizers } from '../../src/nn/optimizers/table.js';
import { compiled } from '../../src/tensor/compiled.js';
import { ones, tensor } from '../../src/tensor/create.js';
import type { Tensor } from '../../src/tensor/tensor.js';
import { Variable } from '../../src/tensor/variable.js';

interface Kind extends NamedClass<Optimizer> {
  new (options?: object): Optimizer;
  readonly prototype: Optimizer;
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

  test('gives the same bits when its update is traced for each weight, as that of a class that changes it is', () => {
    const Changed = class extends Kind {
      override update(step: Step): Update {
        return Kind.prototype.update.call(this, step);
      }
    };
    expect(new Changed().isPointwise).toBe(false);
    const numbersOf = (optimizer: Optimizer) => {
      const weights = made();
      optimizer.build(weights);
      const step = compiled(({ kernel, bias }) => {
        optimizer.apply([kernel!, bias!], weights);
        return {};
      });
      for (let at = 0; at < 3; at++) step.call({ kernel: gradients(at)[0]!, bias: gradients(at)[1]! });
      return [...weights, ...optimizer.variables].map((variable) => [...variable.data()]);
    };
    for (const own of [{}, options, { weightDecay: 0.1 }])
      expect(numbersOf(new Kind(own))).toEqual(numbersOf(new Changed(own)));
  });

  test('leaves weights as constraints want them', () => {
    const weight = new Variable(ones([2, 2]), { name: 'kernel', constraint: (w) => w.mul(0).add(7) });
    new Kind().apply([ones([2, 2])], [weight]);
    expect([...weight.data()]).toEqual([7, 7, 7, 7]);
  });
});

test("the update of an optimizer of one's own is called for each weight, unless it says that it is pointwise", () => {
  const callsOf = (isPointwise: boolean) => {
    let calls = 0;
    class Descent extends optimizer('Descent', () => ({ learningRate: float(0.1) })) {
      override get isPointwise() {
        return isPointwise;
      }
      override update({ variable, gradient, learningRate }: Step): Update {
        calls++;
        return { variable: variable.sub(gradient.mul(learningRate)) };
      }
    }
    const [own, weights] = [new Descent(), made()];
    own.build(weights);
    const step = compiled(({ kernel, bias }) => {
      own.apply([kernel!, bias!], weights);
      return {};
    });
    step.call({ kernel: ones([2, 3]), bias: ones([3]) });
    return [calls, ...weights.map((weight) => weight.toArray())];
  };
  expect(callsOf(true)).toEqual([1, ...callsOf(false).slice(1)]);
  expect(callsOf(false)[0]).toBe(2);
});

test.each([true, false])(
  'weights and what is kept may change places, whether the update is pointwise or not: %s',
  (isPointwise) => {
    class Swap extends optimizer('Swap', () => ({ learningRate: float(0.1) })) {
      override get isPointwise() {
        return isPointwise;
      }
      override slotBlocks() {
        return [['other']];
      }
      override sharedSlots() {
        return { one: tensor(1), two: tensor(2) };
      }
      override advance({ one, two }: Slots) {
        return { one: two!, two: one! };
      }
      override update({ variable, slots }: Step): Update {
        return { variable: slots.other!, slots: { other: variable } };
      }
    }
    const [inside, outside] = [new Swap(), new Swap()];
    const [a, b] = [made(), made()];
    inside.build(a);
    const step = compiled(() => {
      inside.apply(a, a);
      return {};
    });
    step.call({});
    outside.apply(b, b);
    const kept = (own: Optimizer, weights: readonly Variable[]) =>
      [...weights, ...own.variables.slice(2)].map((variable) => [...variable.data()]);
    const [kernel, bias] = made().map((weight) => [...weight.data()]);
    const expected = [kernel!.map(() => 0), bias!.map(() => 0), kernel, bias, [2], [1]];
    expect(kept(inside, a)).toEqual(expected);
    expect(kept(outside, b)).toEqual(expected);
  },
);

test('gradients of several types move weights as gradients of one type do', () => {
  const movedBy = (cast: (gradient: Tensor) => Tensor) => {
    const [own, weights] = [new Adam(), made()];
    own.build(weights);
    const step = compiled(({ kernel, bias }) => {
      own.apply([kernel!, cast(bias!)], weights);
      return {};
    });
    step.call({ kernel: ones([2, 3]), bias: tensor([3, -2, 0]) });
    return weights.map((weight) => weight.toArray());
  };
  expect(movedBy((gradient) => gradient.cast('int32'))).toEqual(movedBy((gradient) => gradient));
});
