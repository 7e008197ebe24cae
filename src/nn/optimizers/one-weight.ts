/** One weight with its gradient and what is kept for it, as one record of tensors, in which no slot can take the name of another. */
import type { Tensor } from '../../tensor/tensor.js';
import type { Slots } from './kept.js';

export interface OneWeight {
  readonly variable: Tensor;
  readonly gradient?: Tensor | undefined;
  readonly slots: Slots;
}

const mark = 'slot ';

export function joined({ variable, gradient, slots }: OneWeight): Slots {
  const kept = Object.entries(slots).map(([name, value]) => [mark + name, value] as const);
  return { variable, ...(gradient && { gradient }), ...Object.fromEntries(kept) };
}

export function parted({ variable, gradient, ...rest }: Slots): OneWeight {
  const kept = Object.entries(rest).map(([name, value]) => [name.slice(mark.length), value] as const);
  return { variable: variable!, gradient, slots: Object.fromEntries(kept) };
}
