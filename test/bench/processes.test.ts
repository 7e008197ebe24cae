import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

const library = ['--library', 'test/bench/fakes/library.mjs'];

function bench(words: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const result = spawnSync(process.execPath, ['scripts/bench.mjs', ...words, ...library], {
    encoding: 'utf8',
    env: { ...process.env, REPS: '1', ...env },
  });
  const lines = result.stdout.split('\n').filter((line) => line.startsWith('{'));
  return { ...result, lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

test('the time of the C compiler is that of a first step without a cache, less that of one with it', () => {
  const { status, stderr, lines } = bench(['compile']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const common = { wasm_ms: 90, cached_ms: 90 };
  expect(lines).toMatchObject([
    { workload: 'compile W2', ...common, native_ms: 600, goal: 'below 700: reached' },
    { workload: 'compile W3', ...common, native_ms: 2100, goal: 'below 1500: missed' },
  ]);
});

test('a machine without a C compiler still tells the time of WebAssembly, and why there is no other', () => {
  const { status, stderr, lines } = bench(['compile'], { FAKE_NO_COMPILER: 'yes' });
  expect(status).toBe(1);
  expect(stderr).toContain('native failed on W2: TypeError: there is no C compiler');
  expect(lines).toMatchObject([
    { workload: 'compile W2', wasm_ms: 90, native_ms: null, goal: '' },
    { workload: 'compile W3', wasm_ms: 90, native_ms: null, goal: '' },
  ]);
});

/** A folder with all that the script of ONNX Runtime asks for. */
function peersFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'myelin-peers-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const path of ['node_modules/onnxruntime-node', 'models'])
    mkdirSync(join(folder, path), { recursive: true });
  for (const name of ['mlp', 'cnn']) writeFileSync(join(folder, 'models', `${name}.onnx`), '');
  cpSync('test/bench/fakes/onnxruntime.mjs', join(folder, 'onnxruntime.mjs'));
  return folder;
}

test.each([
  ['native', ['1.1 with 2t: missed'], ['0.5 with 2t: reached']],
  ['wasm', [], ['1 with 1t: reached']],
])('a comparison starts ours with the backend %s and tells of its goals', (backend, rate, latency) => {
  const { status, stdout } = bench([
    ...['--compare', 'W5mlp', '--backend', backend, '--peers', 'onnx', '--rounds', '1'],
    ...['--peers-dir', peersFolder()],
  ]);
  expect(status).toBe(0);
  expect(stdout).toContain(`W5mlp: ours ran on ${backend}-1t, ${backend}-2t\n`);
  const rows = stdout.split('\n').map((line) => line.split(/ {2,}/));
  expect(rows.filter(([, runner]) => runner === 'onnx').map((cells) => cells.slice(3))).toEqual([
    ['5,000,000', '0.4', '0.4', ...rate],
    ['100', '0.4', '0.4', ...latency],
  ]);
});
