/**
 * Repeats: stretches of kernels that nobody else reads, such as those of one weight's update. Those that are built
 * alike become the same kernels under other names, so that a pass has to look at one of them only.
 */
import type { Pieces } from '../core/pieces.js';
import { pointsOf } from '../loops/axis.js';
import { type Kernel, readsOf, writesOf } from '../loops/kernel.js';
import { Copy } from './copy.js';
import { Spelling } from './schedule/structure.js';

export interface Stretch {
  readonly kernels: readonly Kernel[];
  /** Whether all that is read of its values is read in it. */
  readonly isClosed: boolean;
}

/** A longer stretch has few like it. */
const mostKernels = 64;

/** The kernels in order, cut where a closed stretch begins or ends. */
export function stretchesOf(kernels: readonly Kernel[]): Stretch[] {
  const ends = endsOf(kernels);
  const stretches: Stretch[] = [];
  let from = 0;
  const cutAt = (to: number, isClosed = false) => {
    if (to > from) stretches.push({ kernels: kernels.slice(from, to), isClosed });
    from = to;
  };
  for (let start = 0; start < kernels.length; start++) {
    const end = ends[start]!;
    if (end === start || end - start >= mostKernels) continue;
    cutAt(start);
    cutAt(end + 1, true);
    start = end;
  }
  cutAt(kernels.length);
  return stretches;
}

/** Where the shortest closed stretch ends that begins at each place. */
function endsOf(kernels: readonly Kernel[]): number[] {
  const lastReads = new Map<string, number>();
  for (const [place, kernel] of kernels.entries())
    for (const name of readsOf(kernel)) lastReads.set(name, place);
  const ends: number[] = [];
  for (let start = kernels.length - 1; start >= 0; start--) {
    const reads = [...writesOf(kernels[start]!)].map((name) => lastReads.get(name) ?? start);
    let end = Math.max(start, ...reads);
    for (let inside = start + 1; inside <= end; inside = ends[inside]! + 1)
      end = Math.max(end, ends[inside]!);
    ends[start] = end;
  }
  return ends;
}

/** What a pass made of a stretch, and the names in it in the order in which its spelling meets them. */
interface Made {
  readonly kernels: readonly Kernel[];
  readonly names: readonly string[];
}

/** What a pass makes of the closed stretches of a draft. */
export class Repeats {
  readonly #outlines = new Set<string>();
  /** Outlines that more than one stretch has. Spelling a stretch that has none like it would be in vain. */
  readonly #frequent = new Set<string>();
  readonly #made = new Map<string, Made>();

  constructor(stretches: readonly Stretch[]) {
    for (const { kernels, isClosed } of stretches) {
      if (!isClosed) continue;
      const outline = outlineOf(kernels);
      (this.#outlines.has(outline) ? this.#frequent : this.#outlines).add(outline);
    }
  }

  /** What `make` makes of a closed stretch, or made of one like it. It may only ask which values are `kept`. */
  *once(
    kernels: readonly Kernel[],
    kept: ReadonlySet<string>,
    make: (kernels: readonly Kernel[]) => Pieces<readonly Kernel[]>,
  ): Pieces<readonly Kernel[]> {
    if (!this.#frequent.has(outlineOf(kernels))) return yield* make(kernels);
    const spelling = new Spelling();
    const text = kernels.map((kernel) => spell(kernel, kept, spelling)).join('\n');
    const { names } = spelling;
    const known = this.#made.get(text);
    if (known) return renamed(known, names);
    const made = yield* make(kernels);
    this.#made.set(text, { kernels: made, names });
    return made;
  }
}

/** Equal for stretches that are alike, and for some that are not. */
const outlineOf = (kernels: readonly Kernel[]): string => kernels.map(({ axes }) => pointsOf(axes)).join(' ');

/** Paths are numbered beside names of arrays, which have none. */
const pathMark = 'path ';
const pathKey = (path: string) => path && pathMark + path;

function spell(kernel: Kernel, kept: ReadonlySet<string>, spelling: Spelling): string {
  const { name, path, stores } = kernel;
  const keeps = stores.map(({ buffer }) => kept.has(buffer.name));
  const own = [name, pathKey(path)].map((word) => word && spelling.numberOf(word));
  return `${own} ${keeps} ${spelling.kernel(kernel)}`;
}

/** The same kernels with other names, and axes of their own: passes ask whether two axes are one. */
function renamed({ kernels, names }: Made, to: readonly string[]): Kernel[] {
  const by = new Map(names.map((name, i) => [name, to[i]!] as const));
  const nameOf = (name: string) => by.get(name)!;
  const copy = new Copy(nameOf);
  return kernels.map(({ name, path, axes, stores, body }) => ({
    name: nameOf(name),
    axes: axes.map((axis) => copy.axis(axis)),
    stores: stores.map((s) => ({ ...s, ...copy.place(s), value: copy.formula(s.value) })),
    path: path && nameOf(pathKey(path)).slice(pathMark.length),
    ...(body && { body: body.mapped((e) => copy.formula(e)) }),
  }));
}
