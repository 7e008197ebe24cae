/** What `npm run bench` takes. */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { peerNames } from './peers.js';
import { countOf, workloadNames } from './workloads.js';

/** Everything that has a name: the workloads, and programs with several lines. */
export const names = [...workloadNames, 'growth', 'matmul', 'compile', 'limits'];
const backends = ['native', 'wasm', 'reference'];

export const usage = `npm run bench -- NAME...             one line of JSON for each: ${names.join(' ')}
npm run bench -- --compare NAME...   beside other libraries, in turn, as ratios
npm run bench -- --check             ratios that need no other library

  --backend NAME     what runs ours: ${backends.join(' ')}; its goals are the ones that are checked
  --peers A,B        only these of ${peerNames.join(' ')}
  --peers-dir DIR    the folder with the scripts of the other libraries (or MYELIN_BENCH_PEERS)
  --rounds N         how many times each is run (2)
  --out FILE         appends every line of a comparison to a file
  --library FILE     measures this entry of the package instead of dist/index.js

SAMPLES, EPOCHS and REPS of the environment change the size of a workload, MYELIN_THREADS the threads of ours.`;

export interface Arguments {
  readonly mode: 'measure' | 'compare' | 'check';
  readonly workloads: readonly string[];
  /** Of ours; undefined: the one that a program has which chooses none. */
  readonly backend: string | undefined;
  readonly peers: readonly string[];
  readonly folder: string | undefined;
  readonly rounds: number;
  readonly out: string | undefined;
  /** URL of the entry that is measured. */
  readonly library: string;
}

/** Throws an Error that says what is wrong. */
export function readArguments(words: readonly string[], environment: NodeJS.ProcessEnv): Arguments {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      compare: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      backend: { type: 'string' },
      peers: { type: 'string' },
      'peers-dir': { type: 'string' },
      rounds: { type: 'string', default: '2' },
      out: { type: 'string' },
      library: { type: 'string', default: 'dist/index.js' },
    },
  });
  const { compare, check } = values;
  if (compare && check) throw new Error('Choose one of --compare and --check.');
  if (check === positionals.length > 0)
    throw new Error(check ? '--check takes no name.' : 'Name a workload.');
  return {
    mode: compare ? 'compare' : check ? 'check' : 'measure',
    workloads: known('workload', positionals, names),
    backend: values.backend && known('backend', [values.backend], backends)[0],
    peers: values.peers === undefined ? peerNames : known('peer', values.peers.split(','), peerNames),
    folder: values['peers-dir'] ?? environment.MYELIN_BENCH_PEERS,
    rounds: countOf({ '--rounds': values.rounds }, '--rounds', 2),
    out: values.out,
    library: pathToFileURL(resolve(values.library)).href,
  };
}

function known(kind: string, given: readonly string[], all: readonly string[]): readonly string[] {
  const wrong = given.filter((name) => !all.includes(name));
  if (wrong.length === 0) return given;
  throw new Error(`There is no ${kind} '${wrong.join("', '")}', only ${all.join(', ')}.`);
}
