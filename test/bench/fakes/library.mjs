// Stands in for the package in tests of `npm run bench`: its work moves a clock instead of taking time.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const { MYELIN_BACKEND = 'wasm', MYELIN_THREADS = '1', MYELIN_CACHE_DIR, FAKE_NO_COMPILER } = process.env;
let clock = 0;
Object.defineProperty(performance, 'now', { value: () => clock });

export const backend = () => `${MYELIN_BACKEND}: a fake, ${MYELIN_THREADS} threads`;
export const tensor = (_values, { shape }) => ({ shape });
const result = { data: () => undefined };

export class Sequential {
  #layers;
  #isNew = true;
  constructor(layers) {
    this.#layers = layers.length;
  }
  compile() {}
  async fit() {
    if (this.#isNew) clock += 90;
    if (this.#isNew && MYELIN_BACKEND === 'native') this.#compileC();
    this.#isNew = false;
    clock += 10;
    return { history: { loss: [1] } };
  }
  async predict({ shape }) {
    clock += shape[0] === 1 ? 0.04 : 5;
    return result;
  }
  predictOnBatch = this.predict;

  #compileC() {
    if (FAKE_NO_COMPILER) throw new TypeError('there is no C compiler');
    const library = join(MYELIN_CACHE_DIR, 'library');
    if (existsSync(library)) return;
    writeFileSync(library, '');
    clock += 300 * this.#layers;
  }
}

class Part {}

export {
  Part as Adam,
  Part as Conv2D,
  Part as Dense,
  Part as Dropout,
  Part as Flatten,
  Part as MaxPooling2D,
};
