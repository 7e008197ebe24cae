/** Instructions outside the vector set. */

export const unreachable = 0x00;
export const loop = 0x03;
export const ifBlock = 0x04;
export const elseBlock = 0x05;
export const end = 0x0b;
export const brIf = 0x0d;
export const leave = 0x0f;
export const call = 0x10;
export const drop = 0x1a;
export const get = 0x20;
export const set = 0x21;
export const tee = 0x22;
export const loadByte = 0x2d;
export const constant = 0x41;
export const longConstant = 0x42;
export const isZero = 0x45;
export const equal = 0x46;
export const notEqual = 0x47;
export const lessSigned = 0x48;
export const lessUnsigned = 0x49;
export const add = 0x6a;
export const and = 0x71;
/** A block without a result. */
export const noResult = 0x40;

/** Before instructions on memory that threads share. */
export const atomic = 0xfe;
export const notify = 0x00;
export const wait = 0x01;
export const atomicLoad = 0x10;
export const atomicStore = 0x17;
export const atomicAdd = 0x1e;
