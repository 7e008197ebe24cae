/** What is measured by name. `SAMPLES`, `EPOCHS` and `REPS` of the environment shorten it. */
import { type Network, networks } from './networks.js';

export interface Plan {
  readonly network: Network;
  readonly samples: number;
  readonly batchSize: number;
  /** 0: predictions are timed instead of training. */
  readonly epochs: number;
  /** Nothing runs before the time is taken. */
  readonly cold?: boolean;
  /** How many times it is timed. */
  readonly repetitions: number;
}

const workloads = {
  W1: { network: 'mlp-8-16-8-1', samples: 891, batchSize: 32, epochs: 50 },
  W2: { network: 'mlp-784-128-10', samples: 12_800, batchSize: 32, epochs: 2 },
  W2b: { network: 'mlp-784-128-10', samples: 12_800, batchSize: 128, epochs: 2 },
  W3: { network: 'cnn-28x28', samples: 2_560, batchSize: 128, epochs: 2 },
  W4: { network: 'cnn-20x20', samples: 500, batchSize: 10, epochs: 3 },
  W5mlp: { network: 'mlp-784-128-10', samples: 10_000, batchSize: 256, epochs: 0 },
  W5cnn: { network: 'cnn-28x28', samples: 2_560, batchSize: 256, epochs: 0 },
  W6: { network: 'mlp-8-16-8-1', samples: 891, batchSize: 32, epochs: 5, cold: true },
} as const;

export const workloadNames = Object.keys(workloads);

type Environment = Readonly<Record<string, string | undefined>>;

/** A positive whole number of the environment, or what stands in for it. */
export function countOf(environment: Environment, name: string, otherwise: number): number {
  const text = environment[name];
  if (text === undefined || text === '') return otherwise;
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new Error(`${name} must be a whole number of at least 1, not '${text}'.`);
}

export function planOf(name: string, environment: Environment = process.env): Plan {
  const workload: Omit<Plan, 'network' | 'repetitions'> & { network: keyof typeof networks } =
    workloads[name as keyof typeof workloads];
  return {
    ...workload,
    network: networks[workload.network],
    samples: countOf(environment, 'SAMPLES', workload.samples),
    epochs: workload.epochs && countOf(environment, 'EPOCHS', workload.epochs),
    repetitions: workload.cold ? 1 : countOf(environment, 'REPS', 3),
  };
}
