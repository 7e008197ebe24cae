/** Memory: a place for every array that lives during one run. Arrays whose lifetimes do not meet may share one. */
import { type Buffer, bytesOf } from '../loops/expression.js';
import { buffersOf } from '../loops/kernel.js';
import type { MemoryPlan } from '../loops/program.js';
import type { Draft } from './draft.js';

/** Places begin on cache lines. */
const alignment = 64;

interface Block {
  readonly name: string;
  readonly bytes: number;
  /** First and last kernel that needs it. */
  readonly from: number;
  readonly to: number;
}
interface Placed extends Block {
  readonly at: number;
}

/** Largest first, each at the lowest place that is free for as long as it is needed. */
export function planMemory({ kernels, externals }: Draft): MemoryPlan {
  const bound = new Set(externals.map((e) => e.buffer.name));
  const placed: Placed[] = [];
  for (const block of blocksOf(kernels, bound).sort((a, b) => b.bytes - a.bytes)) {
    const alive = placed.filter((p) => p.from <= block.to && block.from <= p.to).sort((a, b) => a.at - b.at);
    const at = alive.reduce(
      (free, p) => (free + block.bytes <= p.at ? free : Math.max(free, p.at + p.bytes)),
      0,
    );
    placed.push({ ...block, at });
  }
  const bytes = placed.reduce((most, p) => Math.max(most, p.at + p.bytes), 0);
  return { at: new Map(placed.map((p) => [p.name, p.at])), bytes };
}

function blocksOf(kernels: Draft['kernels'], bound: ReadonlySet<string>): Block[] {
  const blocks = new Map<string, Block>();
  kernels.forEach((kernel, i) => {
    for (const buffer of buffersOf(kernel)) {
      if (bound.has(buffer.name)) continue;
      const before = blocks.get(buffer.name);
      const bytes = Math.max(before?.bytes ?? 0, roundedBytes(buffer));
      blocks.set(buffer.name, { name: buffer.name, bytes, from: before?.from ?? i, to: i });
    }
  });
  return [...blocks.values()];
}

const roundedBytes = (buffer: Buffer) => Math.ceil(bytesOf(buffer) / alignment) * alignment;
