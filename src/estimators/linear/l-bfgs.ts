/** The least value of a smooth function, from its gradients. Liu and Nocedal 1989; Nocedal and Wright 2006, algorithms 7.4 and 3.5. */

/** Writes the gradient at a point into `gradient`, and gives the value there. */
export type Objective = (point: Float64Array, gradient: Float64Array) => number;

export interface Descent {
  readonly maxIter: number;
  /** The search ends where no part of the gradient is larger. */
  readonly tolerance: number;
  rest(): Promise<void> | undefined;
}

export interface Minimum {
  readonly point: Float64Array;
  readonly steps: number;
  readonly isConverged: boolean;
}

interface Place {
  readonly point: Float64Array;
  readonly gradient: Float64Array;
  readonly value: number;
}

/** How the gradient changed with a step. */
interface Change {
  readonly step: Float64Array;
  readonly bend: Float64Array;
  readonly curvature: number;
}

const memory = 10;
// A step must bring this share of what the slope promises, and leave no more than that share of the slope.
const [enough, flat] = [1e-4, 0.9];
// Values that differ by less are the same but for rounding.
const noise = 1e-14;
const mostTrials = 40;

const dot = (a: Float64Array, b: Float64Array) => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
};
const plus = (a: Float64Array, b: Float64Array, factor: number) => a.map((x, i) => x + factor * b[i]!);
const largest = (a: Float64Array) => a.reduce((most, x) => Math.max(most, Math.abs(x)), 0);

export async function minimize(
  objective: Objective,
  start: Float64Array,
  { maxIter, tolerance, rest }: Descent,
): Promise<Minimum> {
  const at = (point: Float64Array): Place => {
    const gradient = new Float64Array(point.length);
    return { value: objective(point, gradient), point, gradient };
  };
  let here = at(start);
  const changes: Change[] = [];
  for (let steps = 0; ; steps++) {
    const isConverged = largest(here.gradient) <= tolerance;
    if (isConverged || steps === maxIter) return { point: here.point, steps, isConverged };
    const there = stepFrom(here, direction(here.gradient, changes), changes.length === 0, at);
    // Rounding leaves nothing to gain.
    if (!there || isNoBetter(there, here)) return { point: here.point, steps, isConverged: true };
    remember(changes, here, there);
    here = there;
    await rest();
  }
}

const isNoBetter = (there: Place, here: Place) =>
  there.value >= here.value && largest(there.gradient) >= largest(here.gradient);

function remember(changes: Change[], here: Place, there: Place): void {
  const step = plus(there.point, here.point, -1);
  const bend = plus(there.gradient, here.gradient, -1);
  const curvature = dot(step, bend);
  if (curvature <= Number.EPSILON * dot(bend, bend)) return;
  changes.push({ step, bend, curvature });
  if (changes.length > memory) changes.shift();
}

/** Down the slope, bent by what the last changes tell of the curvature. */
function direction(gradient: Float64Array, changes: readonly Change[]): Float64Array {
  let way = gradient.map((x) => -x);
  const shares: number[] = [];
  for (const { step, bend, curvature } of changes.toReversed()) {
    const share = dot(step, way) / curvature;
    shares.push(share);
    way = plus(way, bend, -share);
  }
  const last = changes.at(-1);
  if (last) way = way.map((x) => (x * last.curvature) / dot(last.bend, last.bend));
  for (const { step, bend, curvature } of changes)
    way = plus(way, step, shares.pop()! - dot(bend, way) / curvature);
  return way;
}

/** Where values tell nothing any more, slopes still do. Hager and Zhang 2005, "approximate Wolfe". */
const isLevel = (there: Place, here: Place) => there.value <= here.value + noise * Math.abs(here.value);
const almost = 1 - 2 * enough;

/** A place along the way that satisfies Wolfe's conditions, by halving and doubling; nothing where none is lower. */
function stepFrom(
  here: Place,
  way: Float64Array,
  isFirst: boolean,
  at: (point: Float64Array) => Place,
): Place | undefined {
  const slope = dot(here.gradient, way);
  let [low, high] = [0, Number.POSITIVE_INFINITY];
  let length = isFirst ? Math.min(1, 1 / Math.sqrt(-slope)) : 1;
  let best: Place | undefined;
  for (let trial = 0; trial < mostTrials; trial++) {
    const there = at(plus(here.point, way, length));
    const left = dot(there.gradient, way);
    const isLower =
      there.value <= here.value + enough * length * slope ||
      (isLevel(there, here) && left <= -slope * almost);
    if (isLower && left >= flat * slope) return there;
    if (isLower) [low, best] = [length, there];
    else high = length;
    length = high === Number.POSITIVE_INFINITY ? low * 2 : (low + high) / 2;
  }
  return best;
}
