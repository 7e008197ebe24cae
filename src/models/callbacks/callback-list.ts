import type { Network } from '../network.js';
import type { CallbackLike, Hook, Hooks, RunParameters } from './callback.js';
import { History } from './history.js';
import { ProgbarLogger } from './progbar-logger.js';

/** Several callbacks told in order: those given, then the history and the progress, which may be among those given. */
export class CallbackList {
  readonly history: History;
  readonly progress: ProgbarLogger;
  readonly #callbacks: readonly CallbackLike[];

  constructor(given: readonly CallbackLike[], model: Network, params: RunParameters) {
    this.history = given.find((each) => each instanceof History) ?? new History();
    this.progress = given.find((each) => each instanceof ProgbarLogger) ?? new ProgbarLogger();
    this.#callbacks = [...new Set([...given, this.history, this.progress])];
    for (const each of this.#callbacks) {
      each.setModel?.(model);
      each.setParams?.(params);
    }
  }

  /** Whether anyone wants to hear it. */
  hears(hook: Hook): boolean {
    return this.#callbacks.some((each) => each[hook] !== undefined);
  }

  async tell<H extends Hook>(hook: H, ...said: Parameters<NonNullable<Hooks[H]>>): Promise<void> {
    for (const each of this.#callbacks) {
      const told = (each[hook] as ((...said: unknown[]) => void | Promise<void>) | undefined)?.apply(
        each,
        said,
      );
      if (told) await told;
    }
  }
}
