/** What the tests ask of a page. */
import { type Order, type Outcome, train } from './train.js';

export { train };

export const trainInWorker = (order: Order): Promise<Outcome> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }) => {
      worker.terminate();
      resolve(data);
    };
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(order);
  });

export interface Turns {
  /** Turns of the event loop that others had while the network was trained. */
  readonly count: number;
  /** The longest waits for one, in milliseconds. */
  readonly longest: readonly number[];
}

/** Counts the turns that the page has while it trains. */
export async function turnsWhileTraining(order: Order): Promise<Turns> {
  const { port1, port2 } = new MessageChannel();
  const waits: number[] = [];
  let last = 0;
  port1.onmessage = () => {
    const now = performance.now();
    waits.push(now - last);
    last = now;
    port2.postMessage(null);
  };
  await train(order, async (work) => {
    last = performance.now();
    port2.postMessage(null);
    const result = await work();
    port1.close();
    return result;
  });
  return { count: waits.length, longest: waits.sort((a, b) => b - a).slice(0, 3) };
}
