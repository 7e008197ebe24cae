/** A worker that trains what it is told to. */
import { type Order, train } from './train.js';

addEventListener('message', async ({ data }: MessageEvent<Order>) => {
  postMessage(await train(data));
});
