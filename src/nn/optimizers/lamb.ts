import { where } from '../../tensor/functions.js';
import { momentFields, momentSlots, moments, share } from './moments.js';
import { optimizer, type Step, type Update } from './optimizer.js';

/**
 * Adam's step `s = m̂ / (√v̂ + epsilon)`, made as long as the weight: `w - learningRate · s · ‖w‖ / ‖s‖`.
 *
 * Source: You et al. 2019; Keras's `Lamb`.
 *
 * @example
 * new Lamb({ learningRate: 1e-3 });
 */
export class Lamb extends /* @__PURE__ */ optimizer('Lamb', momentFields) {
  override slotBlocks() {
    return [momentSlots];
  }

  override update(step: Step): Update {
    const { variable, learningRate, count } = step;
    const { beta1, beta2, epsilon } = this.config;
    const slots = moments(step, this.config);
    const spread = slots.velocity.div(share(beta2, count)).sqrt().add(epsilon);
    const move = slots.momentum.div(share(beta1, count)).div(spread);
    const [length, moveLength] = [variable, move].map((x) => x.square().sum().sqrt());
    const isMeasured = length!.minimum(moveLength!).greater(0);
    const ratio = where(isMeasured, length!.div(moveLength!), 1);
    return { variable: variable.sub(move.mul(ratio.mul(learningRate))), slots };
  }
}
