/** Functions of tensors that treat each element alone: traced once for arrays of all shapes. */
import { fewElements, Pointwise } from '../compiler/pointwise.js';
import { entryOf, mapValues } from '../core/record.js';
import { isSameShape } from '../core/shape.js';
import { part } from '../ops/part.js';
import { pointwise } from '../ops/pointwise.js';
import { activeRecording } from './recording.js';
import { Tensor } from './tensor.js';

type Tensors = Readonly<Record<string, Tensor>>;

interface Traced {
  readonly names: readonly string[];
  readonly formulas: Pointwise;
}

/** With more of them they are formulas of several kernels, which fusing finds. */
const mostFormulas = 160;

/**
 * A function that treats each element of its tensors alone, as one that is traced once for tensors of the same names and
 * types: a program that applies it to many has one node for each. It may read numbers from outside. Where no program is
 * traced, shapes differ or its formulas are many, it is called as it is.
 */
export function eachElement(body: (tensors: Tensors) => Tensors): (tensors: Tensors) => Tensors {
  const known = new Map<string, Traced>();
  return (tensors) => {
    const given = Object.values(tensors);
    const { shape } = given[0]!;
    if (!activeRecording() || !given.every((x) => isSameShape(x.shape, shape))) return body(tensors);
    const types = Object.entries(tensors).map(([name, { dtype }]) => `${name} ${dtype}`);
    const { names, formulas } = entryOf(known, `${types}`, () => trace(body, tensors));
    if (formulas.size > mostFormulas) return body(tensors);
    const inputs = [...given, ...(formulas.shared as readonly Tensor[])];
    const node = given[0]!.derive(pointwise, inputs, formulas, shape, given[0]!.dtype);
    const parts = formulas.results.map(({ dtype }, i) =>
      node.derive(part, [node], { part: i }, shape, dtype),
    );
    return Object.fromEntries(names.map((name, i) => [name, parts[i]!]));
  };
}

function trace(body: (tensors: Tensors) => Tensors, tensors: Tensors): Traced {
  const elements = mapValues(
    tensors,
    ({ dtype }, name) => new Tensor(fewElements, dtype, { kind: 'input', name }),
  );
  const results = body(elements);
  const nodes = Object.values(results).map(({ node }) => node);
  return { names: Object.keys(results), formulas: new Pointwise(Object.values(elements), nodes) };
}
