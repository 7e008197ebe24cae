/** Scans as nodes of the graph, and how gradients of their results meet. */
import type { Operation } from '../compiler/graph.js';
import type { Scan } from '../compiler/scan.js';
import type { OpRecord } from '../ops/op.js';
import { part } from '../ops/part.js';
import { scan as scanOperation } from '../ops/scan.js';
import { activePath } from './recording.js';
import { backwardOf, type Results } from './scan-backward.js';
import { type Operand, Tensor } from './tensor.js';

/** Gradients of the results of one scan, by their numbers: what the sweep adds up for the scan itself. */
class Cotangents extends Tensor {
  constructor(readonly byResult: ReadonlyMap<number, Tensor>) {
    super([], 'float32', { kind: 'number', value: 0 });
  }

  override add(other: Operand): Tensor {
    const sums = new Map(this.byResult);
    for (const [i, g] of (other as Cotangents).byResult) sums.set(i, sums.get(i)?.add(g) ?? g);
    return new Cotangents(sums);
  }
}

const recordOf = (operation: Operation, vjp: NonNullable<OpRecord['vjp']>): OpRecord => ({
  ...operation,
  shape: '',
  types: 'a',
  domain: [],
  vjp,
});
const resultRecord = /* @__PURE__ */ recordOf(part, (g, _, __, attrs) => [
  new Cotangents(new Map([[part.part!(attrs), g]])),
]);
const scanRecord = /* @__PURE__ */ recordOf(scanOperation, (g, inputs, node, attrs) => {
  const scan = attrs as Scan;
  return backwardOf({ scan, inputs, results: resultsOf(node, scan) }, (g as Cotangents).byResult, applyScan);
});

/** The node of a scan, as the arrays it gives. */
export function applyScan(scan: Scan, inputs: readonly Tensor[]): Results {
  const source = { kind: 'applied', operation: scanRecord, attrs: scan } as const;
  const nodes = inputs.map((x) => x.node);
  return resultsOf(new Tensor([], 'float32', source, nodes, activePath()), scan);
}

const resultsOf = (node: Tensor, { results }: Scan): Results => {
  return (result) => {
    const { shape, dtype } = results[result]!;
    return node.derive(resultRecord, [node], { part: result }, shape, dtype);
  };
};
