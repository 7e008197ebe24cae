import { fashionExample } from './main.js';
import { mlp } from './networks.js';

export const { options, run } = fashionExample(mlp);
