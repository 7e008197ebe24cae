/** Free places of a memory, in order; neighbours are joined when a place comes back. */
export interface Block {
  readonly at: number;
  readonly bytes: number;
}

export class FreeList {
  #blocks: Block[] = [];

  /** The first place that is large enough, or nothing. */
  take(bytes: number): number | undefined {
    const i = this.#blocks.findIndex((b) => b.bytes >= bytes);
    const block = this.#blocks[i];
    if (!block) return undefined;
    if (block.bytes === bytes) this.#blocks.splice(i, 1);
    else this.#blocks[i] = { at: block.at + bytes, bytes: block.bytes - bytes };
    return block.at;
  }

  give({ at, bytes }: Block): void {
    const after = this.#blocks.findIndex((b) => b.at > at);
    const i = after < 0 ? this.#blocks.length : after;
    this.#blocks.splice(i, 0, { at, bytes });
    this.#join(i);
    if (i > 0) this.#join(i - 1);
  }

  /** Joins a place with the next one if that begins where it ends. */
  #join(i: number): void {
    const [block, next] = this.#blocks.slice(i, i + 2);
    if (!block || block.at + block.bytes !== next?.at) return;
    this.#blocks.splice(i, 2, { at: block.at, bytes: block.bytes + next.bytes });
  }

  /** The last free place, if it reaches up to `end`: what growing the memory adds to. */
  endingAt(end: number): Block | undefined {
    const last = this.#blocks.at(-1);
    return last && last.at + last.bytes === end ? last : undefined;
  }

  get bytes(): number {
    return this.#blocks.reduce((n, b) => n + b.bytes, 0);
  }
}
