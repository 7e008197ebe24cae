import { functionOf, maybe, type Optional } from '../../core/fields.js';
import { callback, type Hooks, hooks } from './callback.js';

type HookFields = { [H in keyof Hooks]-?: Optional<Hooks[H] | null> };

const hookFields = () =>
  Object.fromEntries(hooks.map((hook) => [hook, maybe(functionOf('a function'))])) as unknown as HookFields;

/**
 * A callback made of functions. A plain object with the same methods does as well.
 *
 * Source: Keras's `LambdaCallback`.
 *
 * @example
 * new LambdaCallback({ onEpochEnd: (epoch, { loss }) => console.log(epoch, loss) });
 */
export class LambdaCallback extends /* @__PURE__ */ callback('LambdaCallback', hookFields) {
  constructor(functions: Hooks = {}) {
    super(functions);
    const given = Object.entries(this.config).filter(([, hook]) => hook !== null);
    Object.assign(this, Object.fromEntries(given));
  }
}
