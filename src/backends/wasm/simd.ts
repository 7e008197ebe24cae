/** Vector instructions that no row of the scalar table names. */

export const load = 0x00;
export const splatWord = 0x09;
export const store = 0x0b;
export const constant = 0x0c;
export const shuffle = 0x0d;
export const splatInt = 0x11;
export const extractInt = 0x1b;
export const replaceInt = 0x1c;
export const and = 0x4e;
export const andNot = 0x4f;
export const bitSelect = 0x52;
export const loadLane = 0x56;
export const storeLaneByte = 0x58;
export const storeLaneWord = 0x5a;
export const loadWord = 0x5c;
export const narrowToBytes = 0x66;
export const narrowToHalves = 0x85;
export const widenBytes = 0x89;
export const negateInt = 0xa1;
export const widenHalves = 0xa9;
export const addInt = 0xae;
export const addFloat = 0xe4;
export const minimum = 0xe8;
export const maximum = 0xe9;
/** `b < a ? b : a` and `a < b ? b : a`: one instruction of the processor, where the two above are six. */
export const lower = 0xea;
export const higher = 0xeb;
