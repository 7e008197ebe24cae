/** The gradient of a scan: a scan in the other direction, which can be differentiated again. */
import { isView, Scan, type Step } from '../compiler/scan.js';
import type { OpRecord } from '../ops/op.js';
import { pullBack } from './gradient.js';
import { carryPlaceholder, copyGraph, placeholder } from './step.js';
import { full, type Tensor } from './tensor.js';

type Nodes = readonly Tensor[];
/** The results of a scan, by number. */
export type Results = (result: number) => Tensor;
interface Applied {
  readonly scan: Scan;
  readonly inputs: Nodes;
  readonly results: Results;
}

const isFloat = (x: Tensor): boolean => x.dtype === 'float32';
const partsOf = ({ step }: Scan) => step as { readonly [Part in keyof Step]: Nodes };
const zeros = ({ shape }: Tensor): Tensor => full(shape, 0);

/** The gradients of its inputs, given those of its results. */
export function backwardOf(
  forward: Applied,
  given: ReadonlyMap<number, Tensor>,
  apply: (scan: Scan, inputs: Nodes) => Results,
): (Tensor | null)[] {
  const { carry, each, shared } = partsOf(forward.scan);
  const { floats, rows, products, sums, out, backward, ends, kept } = backwardScan(forward.scan, given);
  const array = (x: Tensor) => arrayOf(x, forward);
  const results = apply(backward, [
    ...floats.map((c) => given.get(carry.indexOf(c)) ?? zeros(c)),
    ...sums.map(zeros),
    ...rows.map(({ g }) => g),
    ...kept.map(array),
  ]);
  const row = (x: Tensor) => results(backward.resultOf(ends[out.indexOf(x)]!));
  return [...carry, ...each, ...shared].map((x) => {
    const uses = products.get(x)?.filter((use) => out.includes(use));
    if (uses) return uses.map((use) => productGradient(x, use, row(use), array)).reduce(sumOf, null);
    const place = [...floats, ...sums].indexOf(x);
    return place >= 0 ? results(place) : out.includes(x) ? row(x) : null;
  });
}

/** Carries the gradients of the carry and the sums of those of shared inputs; gives those of rows and of products. */
function backwardScan(scan: Scan, given: ReadonlyMap<number, Tensor>) {
  const { each, shared } = partsOf(scan);
  const { floats, backs, rows, slopes, products, found } = sweepOf(scan, given);
  const sums = shared.filter((w) => !products.has(w) && found.has(w));
  const totals = sums.map((w, i) => carryPlaceholder(`sum${i}`, w));
  const out = [...each, ...[...products.values()].flat()].filter((x) => found.has(x));
  const next = [
    ...floats.map((c) => found.get(c) ?? zeros(c)),
    ...sums.map((w, i) => totals[i]!.add(found.get(w)!)),
  ];
  const { ends, places } = cutAtForward(scan, [...next, ...out.map((x) => found.get(x)!)]);
  const keptRows = [...places.keys()].filter((x) => !shared.includes(x));
  const keptWhole = shared.filter((x) => places.has(x));
  const step: Step = {
    carry: [...backs, ...totals],
    next: ends.slice(0, next.length),
    each: [...slopes, ...keptRows.map((x) => places.get(x)!)],
    shared: keptWhole.map((x) => places.get(x)!),
  };
  const rowEnds = ends.slice(next.length);
  const backward = new Scan(step, scan.length, !scan.reverse, rowEnds);
  return { floats, rows, products, sums, out, backward, ends: rowEnds, kept: [...keptRows, ...keptWhole] };
}

const sumOf = (a: Tensor | null, b: Tensor): Tensor => a?.add(b) ?? b;

/** All rows of a value of each step, or what all steps share. */
function arrayOf(x: Tensor, { scan, inputs, results }: Applied): Tensor {
  const { carry, each, shared } = partsOf(scan);
  const place = [...carry, ...each, ...shared].indexOf(x);
  return place < carry.length ? results(scan.resultOf(x)) : inputs[place]!;
}

/** The gradients of all values of one step, given those of the next carry and of its rows of results. */
function sweepOf(scan: Scan, given: ReadonlyMap<number, Tensor>) {
  const { carry, next, each, shared } = partsOf(scan);
  const rows = [...given]
    .filter(([i]) => i >= carry.length)
    .map(([i, g]) => ({ y: scan.valueOf(i) as Tensor, g }));
  const ends = new Set([...next, ...rows.map(({ y }) => y)]);
  const products = productsOf(scan, ends);
  const floats = carry.filter(isFloat);
  const backs = floats.map((c, i) => carryPlaceholder(`back${i}`, c));
  const slopes = rows.map(({ y }, i) => placeholder(`slope${i}`, y));
  const targets = [...floats, ...each, ...shared].filter((x) => isFloat(x) && !products.has(x));
  const found = pullBack(
    [
      ...floats.map((c, i) => [next[carry.indexOf(c)]!, backs[i]!] as const),
      ...rows.map(({ y }, i) => [y, slopes[i]!] as const),
    ],
    new Set([...targets, ...[...products.values()].flat()]),
  );
  return { floats, backs, rows, slopes, products, found };
}

const recordOf = ({ source }: Tensor): OpRecord | undefined =>
  source.kind === 'applied' ? (source.operation as OpRecord) : undefined;

/**
 * Shared inputs that are only ever an operand of products, and those products: their gradient is one product over all
 * steps, after the loop.
 */
function productsOf(scan: Scan, ends: ReadonlySet<Tensor>): Map<Tensor, Nodes> {
  const { shared } = partsOf(scan);
  const products = new Map<Tensor, Nodes>();
  for (const w of shared.filter(isFloat)) {
    const uses = (scan.values as Nodes).filter((x) => x.inputs.includes(w));
    const isProduct = (x: Tensor) =>
      recordOf(x)?.stacked && x.inputs.filter((other) => shared.includes(other as Tensor)).length === 1;
    if (!ends.has(w) && uses.every(isProduct)) products.set(w, uses);
  }
  return products;
}

/** The gradient of `w` in a product, given that of all rows of the product. */
function productGradient(w: Tensor, use: Tensor, g: Tensor, array: (x: Tensor) => Tensor): Tensor {
  const { source, inputs } = use as Tensor & { readonly inputs: Nodes };
  const { vjp, stacked } = recordOf(use)!;
  const attrs = stacked!(
    (source as { readonly attrs: unknown }).attrs,
    inputs.map((x) => x !== w),
  );
  return vjp!(g, inputs.map(array), g, attrs)[inputs.indexOf(w)]!;
}

/** The graph of these tensors, cut at what the forward scan has: views are made again, other values are kept. */
function cutAtForward(scan: Scan, roots: Nodes) {
  const values = new Set(scan.values as Nodes);
  const places = new Map<Tensor, Tensor>();
  const ends = copyGraph(roots, (x) => {
    const { kind } = x.source;
    if (!values.has(x) || kind === 'number' || (kind === 'applied' && isMadeAgain(x))) return undefined;
    const place = places.get(x) ?? placeholder(`kept${places.size}`, x);
    places.set(x, place);
    return place;
  });
  return { ends, places };
}

/** A scan inside a scan has no value that could be kept. */
const isMadeAgain = (x: Tensor): boolean =>
  isView(x) || ('attrs' in x.source && x.source.attrs instanceof Scan);
