/** Gradients kept short. Formulas and their order as in Keras's `BaseOptimizer`. */

import type { Tensor } from '../../tensor/tensor.js';

export interface Clipping {
  readonly clipnorm: number | null;
  readonly globalClipnorm: number | null;
  readonly clipvalue: number | null;
}

/** The gradients as the one option that is not null wants them; one of 0 changes nothing, as in Keras. */
export function clipped(gradients: readonly Tensor[], options: Clipping): readonly Tensor[] {
  const { clipnorm, globalClipnorm, clipvalue } = options;
  if (clipnorm) return gradients.map((g) => byNorm(g, clipnorm));
  if (globalClipnorm) return byGlobalNorm(gradients, globalClipnorm);
  return clipvalue ? gradients.map((g) => g.clip(-clipvalue, clipvalue)) : gradients;
}

const byNorm = (g: Tensor, longest: number): Tensor =>
  g.mul(longest).div(g.square().sum().sqrt().maximum(longest));

/** Pascanu et al. 2013. An infinite norm makes every gradient NaN, so that it is noticed. */
function byGlobalNorm(gradients: readonly Tensor[], longest: number): readonly Tensor[] {
  const squares = gradients.map((g) => g.square().sum());
  const norm = squares.reduce((total, square) => total.add(square)).sqrt();
  const scale = norm
    .reciprocal()
    .minimum(1 / longest)
    .mul(longest)
    .add(norm.sub(norm));
  return gradients.map((g) => g.mul(scale));
}
