/** The loop nest of a contraction: the sums, then what makes the result of them. */
import { bytesOf } from '../../loops/expression.js';
import { bind, plus, run } from '../../loops/nest.js';
import type { Machine } from '../../loops/program.js';
import type { ContractionSchedule } from './contraction.js';
import { sumsNest } from './contraction-sums.js';
import { type KernelNest, mapNest, paramsOf } from './map-nest.js';
import { addressName } from './scope.js';

export function contractionNest(s: ContractionSchedule, machine: Machine): KernelNest {
  const { kernel, out, then } = s;
  const { tiles, body, scratch } = sumsNest(s, machine);
  const after = then && mapNest(then, machine);
  const params = paramsOf(kernel);
  const sums = addressName(out.buffer);
  const isApart = !params.includes(sums);
  const main = [
    ...(isApart ? [bind(sums, plus('scratch', scratch))] : []),
    ...body,
    ...(then ? [run(then.kernel.name, paramsOf(then.kernel))] : []),
  ];
  return {
    procedures: [...tiles, ...(after?.procedures ?? []), { name: kernel.name, params, body: main }],
    scratch: scratch + (isApart ? bytesOf(out.buffer) + 64 : 0),
  };
}
