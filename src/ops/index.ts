/** Every operation by its name: `ops.matmul` and the like are made of these. */
export * from './binary.js';
export * from './compare.js';
export * from './conv.js';
export * from './gather.js';
export * from './generate.js';
export * from './linalg.js';
export * from './reduce.js';
export * from './sort.js';
export * from './tiles.js';
export * from './unary.js';
export * from './view.js';
export * from './windows.js';
