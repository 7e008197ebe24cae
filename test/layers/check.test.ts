import { expect, test } from 'vitest';
import { type CallContext, layer, ops, type Tensor, type Variable, Zeros } from '../../src/index.js';
import type { Layer } from '../../src/layers/layer.js';
import { checkLayer } from '../check-layer.js';

class Forgetful extends layer('Forgetful', () => ({})) {
  readonly #offset = Math.random();
  override call(x: Tensor) {
    return x.add(this.#offset);
  }
}

class Counting extends layer('Counting', () => ({})) {
  declare calls: Variable;
  override build() {
    this.calls = this.addWeight('calls', [], { initializer: new Zeros(), trainable: false });
  }
  override call(x: Tensor, _context: CallContext) {
    this.calls.assign(this.calls.add(1));
    return x.add(this.calls.mul(0));
  }
}

class Obstinate extends layer('Obstinate', () => ({})) {
  declare calls: Variable;
  override build() {
    this.calls = this.addWeight('calls', [], { initializer: new Zeros(), trainable: false });
  }
  override call(x: Tensor, { training = false }: CallContext) {
    if (training) this.calls.assign(this.calls.add(1));
    return x.add(this.calls.mul(0));
  }
}

class Detached extends layer('Detached', () => ({})) {
  override call(x: Tensor) {
    return x.add(ops.stopGradient(x));
  }
}

class Idle extends layer('Idle', () => ({})) {
  override build() {
    this.addWeight('unused', [2], { initializer: new Zeros() });
  }
  override call(x: Tensor) {
    return x;
  }
}

test.each<[string, Layer]>([
  ['whose copy computes something else', new Forgetful()],
  ['that changes its state outside of training', new Counting()],
  ['that changes its state while it is frozen', new Obstinate()],
  ['whose gradient is not that of its outputs', new Detached()],
  ['with a weight that no step changes', new Idle()],
])('checkLayer finds a layer %s', async (_, each) => {
  await expect(checkLayer(each, [null, 3])).rejects.toThrow();
});
