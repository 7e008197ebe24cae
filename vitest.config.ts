import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { findChromium } from './scripts/chromium.js';

const chromium = findChromium();
if (!chromium) console.log('Browser tests skipped: no Chromium found. Install it or set CHROME_PATH.');

const node = {
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
