/**
 * Other libraries on the same workloads: scripts in one folder, each printing the lines that ours prints. A table, not
 * code: a peer is a row.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export interface Peer {
  readonly script: string;
  readonly workloads: readonly string[];
  /** What must be there: Python modules for a Python script, else paths in the folder. */
  readonly needs: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Shorter runs where a whole one takes many minutes. */
  readonly brief?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const training = ['W1', 'W2', 'W2b', 'W3', 'W4'];
const predicting = ['W5mlp', 'W5cnn'];
const all = [...training, ...predicting, 'W6'];
const dense = ['W1', 'W2', 'W2b', 'W5mlp', 'W6'];
const once = { EPOCHS: '1', REPS: '1' };
const binding = 'node_modules/@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node';
const onnx = ['node_modules/onnxruntime-node', 'models/mlp.onnx', 'models/cnn.onnx'];

const keras = (backend: string): Peer => ({
  script: 'keras_peer.py',
  workloads: all,
  needs: ['keras', backend],
  env: { KERAS_BACKEND: backend },
});

const peers: Readonly<Record<string, Peer>> = {
  sklearn: { script: 'sklearn_peer.py', workloads: dense, needs: ['sklearn'] },
  'keras-jax': keras('jax'),
  'keras-tensorflow': keras('tensorflow'),
  'keras-torch': keras('torch'),
  torch: { script: 'torch_peer.py', workloads: all, needs: ['torch'], env: { THREADS: '2' } },
  'torch-1t': { script: 'torch_peer.py', workloads: all, needs: ['torch'], env: { THREADS: '1' } },
  'jax-js': { script: 'jaxjs.mjs', workloads: all, needs: ['node_modules/@jax-js/jax'] },
  tfjs: {
    script: 'tfjs.mjs',
    workloads: all,
    needs: ['node_modules/@tensorflow/tfjs'],
    env: { BACKEND: 'cpu' },
    brief: {
      W3: { ...once, SAMPLES: '32' },
      W4: { ...once, SAMPLES: '10' },
      W5cnn: { SAMPLES: '256', ...once },
    },
  },
  'tfjs-wasm': {
    script: 'tfjs.mjs',
    workloads: all,
    needs: ['node_modules/@tensorflow/tfjs-backend-wasm'],
    env: { BACKEND: 'wasm' },
  },
  'tfjs-node': { script: 'tfjs.mjs', workloads: all, needs: [binding], env: { BACKEND: 'tensorflow' } },
  brain: { script: 'brain.mjs', workloads: ['W1', 'W2', 'W5mlp', 'W6'], needs: ['node_modules/brain.js'] },
  onnx: { script: 'onnxruntime.mjs', workloads: predicting, needs: onnx, env: { THREADS: '2' } },
  'onnx-1t': { script: 'onnxruntime.mjs', workloads: predicting, needs: onnx, env: { THREADS: '1' } },
  numpy: {
    script: 'limits.py',
    workloads: ['matmul', 'growth'],
    needs: ['numpy'],
    env: { OPENBLAS_NUM_THREADS: '1' },
  },
};

export const peerNames = Object.keys(peers);

const isPython = ({ script }: Peer) => script.endsWith('.py');
const pythonOf = (folder: string) => {
  const own = join(folder, 'venv', 'bin', 'python');
  return existsSync(own) ? own : 'python3';
};

/** The peers that have a workload, of those asked for. */
export const peersOf = (workload: string, wanted: readonly string[] = peerNames): [string, Peer][] =>
  Object.entries(peers).filter(([name, peer]) => wanted.includes(name) && peer.workloads.includes(workload));

/** What a peer lacks to run from this folder; nothing when it is installed. */
export function missing(peer: Peer, folder: string): readonly string[] {
  if (!existsSync(join(folder, peer.script))) return [peer.script];
  if (!isPython(peer)) return peer.needs.filter((path) => !existsSync(join(folder, path)));
  const find = 'import importlib.util as u, sys; print(*[n for n in sys.argv[1:] if u.find_spec(n) is None])';
  const { stdout } = spawnSync(pythonOf(folder), ['-c', find, ...peer.needs], { encoding: 'utf8' });
  return stdout === null ? ['python3'] : stdout.split(/\s+/).filter(Boolean);
}

/** How a peer is started. */
export function commandOf(peer: Peer, folder: string, workload: string) {
  const command = isPython(peer) ? pythonOf(folder) : process.execPath;
  const env = { ...peer.env, ...peer.brief?.[workload] };
  // The script for numpy has one program and takes the name of its library.
  const words = workload.startsWith('W') ? [workload] : [];
  return { command, words: [peer.script, ...words], env, folder };
}
