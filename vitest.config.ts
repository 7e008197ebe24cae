import { fileURLToPath } from 'node:url';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { findChromium } from './scripts/chromium.js';

const chromium = findChromium();
if (!chromium) console.log('Browser tests skipped: no Chromium found. Install it or set CHROME_PATH.');

/** Lessons are written as users write: `from 'myelin'`. In the tests that is the source; elsewhere it is what was built. */
const lessonsUseTheSource = {
  name: 'lessons-use-the-source',
  enforce: 'pre' as const,
  resolveId: (id: string, importer?: string) => {
    const found = /^myelin(\/\w+)?$/.exec(id);
    if (!found || !importer?.includes('/examples/')) return undefined;
    return fileURLToPath(new URL(`src${found[1] ?? ''}/index.ts`, import.meta.url));
  },
};

const node = {
  plugins: [lessonsUseTheSource],
  test: {
    name: 'node',
    environment: 'node' as const,
    include: ['test/**/*.test.ts'],
    exclude: ['test/browser/**', '**/node_modules/**'],
    execArgv: ['--expose-gc'], // the memory tests collect garbage before they measure
    testTimeout: 30_000,
  },
};

const browser = {
  // A page has no environment; laws take fewer cases there than in Node.
  define: { 'process.env': JSON.stringify({ MYELIN_LAW_RUNS: '4' }) },
  // Makes the page cross-origin isolated, so that SharedArrayBuffer exists.
  server: {
    headers: { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' },
  },
  test: {
    name: 'browser',
    include: ['test/browser/**/*.test.ts'],
    testTimeout: 30_000,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({ launchOptions: { executablePath: chromium ?? '', args: ['--no-sandbox'] } }),
      instances: [{ browser: 'chromium' as const }],
    },
  },
};

export default defineConfig({
  test: {
    projects: chromium ? [node, browser] : [node],
    reporters: ['default', './scripts/summary-reporter.ts'],
  },
});
