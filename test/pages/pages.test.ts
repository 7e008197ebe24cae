/** The packed package in real pages: isolated, plain, under a strict content policy, and in a worker that a page makes. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium } from '../../scripts/chromium.js';
import type { Turns } from './programs/page.js';
import type { Order, Outcome } from './programs/train.js';
import { type Kind, serve, siteFolder } from './site.js';

const executablePath = findChromium();
const folder = siteFolder();

const nets = ['mlp', 'cnn'] as const;
const alone = 'one thread';
type Runs = readonly (readonly [threads: string, outcome: Outcome])[];

/** The bits of 500 steps do not depend on where they ran. */
function expectSameBits(runs: Runs): void {
  const [[, { hash, losses }]] = runs as [Runs[number]];
  expect(losses.at(-1)).toBeLessThan(losses[0]! / 4);
  for (const [threads, outcome] of runs) {
    expect(outcome.backend).toContain(threads);
    expect(outcome.hash, outcome.backend).toBe(hash);
  }
}

/** Trains in a Node of its own, which must end by itself. */
function inNode(order: Order): Outcome {
  const printed = execFileSync(process.execPath, [join(folder, 'main.js'), JSON.stringify(order)], {
    encoding: 'utf8',
    timeout: 300_000,
  });
  return JSON.parse(printed) as Outcome;
}

test.each(nets)(
  '500 steps of the %s have the same bits with any number of threads, each time',
  (net) => {
    expectSameBits([
      [alone, inNode({ net, threads: 1 })],
      [alone, inNode({ net, threads: 1 })],
      ['2 threads', inNode({ net, threads: 2 })],
      ['2 threads', inNode({ net, threads: 2 })],
      ['3 threads', inNode({ net, threads: 3 })],
    ]);
  },
  300_000,
);

describe.skipIf(!executablePath)('in Chromium', { timeout: 300_000 }, () => {
  let browser: Browser;
  let site: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => {
    site = await serve(folder);
    browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser.close();
    site.close();
  });

  /** Runs an expression in a new page, `page` being the module with what tests ask of it. */
  async function inPage<T>(kind: Kind, expression: string): Promise<T> {
    const page: Page = await browser.newPage();
    await page.goto(`${site.address}/${kind}/`);
    const found = await page.evaluate<T>(
      `import('${site.address}/${kind}/page.js').then(async (page) => (${expression}))`,
    );
    await page.close();
    return found;
  }
  const trained = (kind: Kind, order: Order, where: 'train' | 'trainInWorker' = 'train') =>
    inPage<Outcome>(kind, `page.${where}(${JSON.stringify(order)})`);

  test.each(nets)(
    '500 steps of the %s have the bits of Node in pages and workers, each time',
    async (net) => {
      const threads = 2;
      expectSameBits([
        [alone, inNode({ net, threads: 1 })],
        [alone, await trained('plain', { net })],
        [alone, await trained('plain', { net }, 'trainInWorker')],
        [alone, await trained('isolated', { net })],
        ['2 threads', await trained('isolated', { net, threads }, 'trainInWorker')],
        ['2 threads', await trained('isolated', { net, threads }, 'trainInWorker')],
      ]);
    },
  );

  test('a strict content policy is answered by the reference, which is said once and trains as well', async () => {
    const { losses, backend, warnings } = await trained('strict', { net: 'small', epochs: 4 });
    expect(backend).toMatch(/^reference/);
    expect(warnings).toEqual([expect.stringMatching(/wasm-unsafe-eval[\s\S]*reference backend/)]);
    for (const [i, loss] of inNode({ net: 'small', epochs: 4 }).losses.entries()) {
      expect(losses[i]).toBeCloseTo(loss, 4);
    }
  });

  test('a page has its turns while it trains', async () => {
    const order = JSON.stringify({ net: 'mlp', epochs: 40 });
    const { count, longest } = await inPage<Turns>('isolated', `page.turnsWhileTraining(${order})`);
    const waits = longest.map((wait) => wait.toFixed(1)).join(', ');
    console.log(`${count} turns in 1000 steps of 784-128-10, the longest waits ${waits} ms`);
    expect(count).toBeGreaterThan(20);
  });
});
