/** The loop nest of a scan: carries get their first values, then a loop over time around the kernels of a step. */
import type { Pieces } from '../../core/pieces.js';
import { type Buffer, bytesOf } from '../../loops/expression.js';
import type { Kernel } from '../../loops/kernel.js';
import type { Machine } from '../../loops/machine.js';
import { bind, type Int, type KernelNest, loop, type Move, plus, type Statement } from '../../loops/nest.js';
import { copyKernel } from '../lower.js';
import type { Link, ReadyScan } from '../scan-runner.js';
import { scheduleMap } from './map.js';
import { mapNest, paramsOf } from './map-nest.js';
import { align, turnOf } from './program.js';
import { addressName } from './scope.js';

/** Arrays of a step are called otherwise than those of the scan. */
const innerName = (name: string): string => `in_${name}`;

export function* scanNest(kernel: Kernel, scan: ReadyScan, machine: Machine): Pieces<KernelNest> {
  const { kernels, memory, links, length } = scan;
  const { places, bytes } = placesOf(scan);
  const isRow = new Set(links.filter((l) => l.moves).map((l) => l.inner.name));
  const addressOf = (name: string): Int =>
    isRow.has(name) ? innerName(name) : (places.get(name) ?? plus('arrays', memory.at.get(name)!));
  const turn = yield* turnOf(kernels, addressOf, machine, undefined, `${kernel.name}/`);
  const params = paramsOf(kernel);
  const rows = links.filter((l) => l.moves).map((l) => rowsOf(l, scan));
  const body = [
    bind('own', 'scratch'),
    bind('arrays', 'shared'),
    bind('shared', plus('arrays', bytes)),
    ...rows.map((r) => r.start),
    ...(length > 0
      ? [
          loop(
            't',
            [0, length, 1],
            turn.body,
            rows.map((r) => r.move),
          ),
        ]
      : []),
  ];
  const first = firstValues(kernel, links, places, machine);
  return {
    procedures: [
      ...turn.procedures,
      ...first.procedures,
      { name: kernel.name, params: [...params, ...(turn.isSplit ? ['barrier'] : [])], body },
    ],
    phases: [...first.phases, { procedure: kernel.name, isSplit: turn.isSplit, waits: turn.isSplit }],
    scratch: { shared: bytes + turn.scratch.shared, own: Math.max(turn.scratch.own, first.own) },
  };
}

/** Where arrays of a step stand that stay in place; carries that no result holds lie behind its planned arrays. */
function placesOf({ links, memory }: ReadyScan): { places: Map<string, Int>; bytes: number } {
  const places = new Map<string, Int>();
  let bytes = align(memory.bytes);
  for (const { inner, outer, moves } of links) {
    if (moves) continue;
    if (outer) places.set(inner.name, addressName(outer));
    else {
      places.set(inner.name, plus('arrays', bytes));
      bytes += align(bytesOf(inner));
    }
  }
  return { places, bytes };
}

/** Where the rows of an array begin, and the way from one to the next. */
function rowsOf({ inner, outer }: Link, { length, reverse }: ReadyScan): { start: Statement; move: Move } {
  const step = bytesOf(inner);
  const name = innerName(inner.name);
  const from = plus(addressName(outer!), reverse ? (length - 1) * step : 0);
  return { start: bind(name, from), move: [name, reverse ? -step : step] };
}

/** Copies of what carries begin with. */
function firstValues(
  kernel: Kernel,
  links: readonly Link[],
  places: ReadonlyMap<string, Int>,
  machine: Machine,
) {
  const nests = links.flatMap(({ inner, outer, first }, i) => {
    if (!first) return [];
    const target: Buffer = { ...first, name: outer?.name ?? innerName(inner.name) };
    const copy = { ...copyKernel(target, first), name: `${kernel.name}/first${i}` };
    const nest = mapNest(scheduleMap(copy, machine), machine);
    const place = outer ? [] : [bind('arrays', 'shared'), bind(addressName(target), places.get(inner.name)!)];
    const params = paramsOf(kernel);
    return [
      { ...nest, procedures: nest.procedures.map((p) => ({ ...p, params, body: [...place, ...p.body] })) },
    ];
  });
  return {
    procedures: nests.flatMap((nest) => nest.procedures),
    phases: nests.flatMap((nest) => nest.phases),
    own: Math.max(0, ...nests.map((nest) => nest.scratch.own)),
  };
}
