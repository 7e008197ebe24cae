/** Trains in Node what its arguments name, and prints what came of it. */
import { train } from './train.js';

console.log(JSON.stringify(await train(JSON.parse(process.argv[2]!))));
