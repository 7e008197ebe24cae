import { fashionExample } from './main.js';
import { cnn } from './networks.js';

export const { options, run } = fashionExample(cnn);
