/** The loop nest of a contraction: the sums, then what makes the result of them. */
import { bytesOf } from '../../loops/expression.js';
import { bind } from '../../loops/nest.js';
import type { Machine } from '../../loops/program.js';
import type { ContractionSchedule } from './contraction.js';
import { sumsNest } from './contraction-sums.js';
import { type KernelNest, mapNest, paramsOf } from './map-nest.js';
import { addressName } from './scope.js';

export function contractionNest(s: ContractionSchedule, machine: Machine): KernelNest {
  const { kernel, out, then } = s;
  const { tiles, body, scratch } = sumsNest(s, machine);
  const after = then && mapNest(then, machine);
  const sums = addressName(out.buffer);
  const params = paramsOf(kernel);
  const isApart = !params.includes(sums);
  const place = isApart ? [bind(sums, 'shared')] : [];
  const end = after?.procedures.map((p) => ({ ...p, params, body: [...place, ...p.body] })) ?? [];
  return {
    procedures: [...tiles, { name: kernel.name, params, body: [...place, ...body] }, ...end],
    phases: [{ procedure: kernel.name, isSplit: false }, ...(after?.phases ?? [])],
    scratch: {
      shared: isApart ? bytesOf(out.buffer) + 64 : 0,
      own: Math.max(scratch, after?.scratch.own ?? 0),
    },
  };
}
