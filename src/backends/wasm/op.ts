/** Instructions outside the vector set. */

export const loop = 0x03;
export const ifBlock = 0x04;
export const elseBlock = 0x05;
export const end = 0x0b;
export const brIf = 0x0d;
export const call = 0x10;
export const get = 0x20;
export const set = 0x21;
export const tee = 0x22;
export const loadByte = 0x2d;
export const constant = 0x41;
export const lessSigned = 0x48;
export const lessUnsigned = 0x49;
export const and = 0x71;
/** A block without a result. */
export const noResult = 0x40;
