// `static`: what can be said without running the library: types, lint, package, budget, public API. `test`: the tests.
// Stops at nothing, sums up at the end; the last line counts steps and tests together.
import { runScript } from './run.mjs';

const { npm_execpath } = process.env;
if (!npm_execpath) throw new Error('Start this with `npm run check`.');

const groups = { static: ['types', 'lint', 'package', 'budget', 'api:check'], test: ['test'] };
const steps = process.argv.slice(2).flatMap((group) => groups[group]);
const results = [];
for (const step of steps) {
  const start = performance.now();
  console.log(`\n> ${step}`);
  const { status, lastLine } = await runScript(step);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  results.push({ step, ok: status === 0, seconds, ...counts(step, status, lastLine) });
}

/** A step counts as one, except the tests, which count themselves in their last line. */
function counts(step, status, lastLine) {
  const found = step === 'test' && /(\d+) passed, (\d+) failed(?:, (\d+) skipped)?/.exec(lastLine);
  if (!found) return { passed: Number(status === 0), failed: Number(status !== 0), skipped: 0 };
  const [passed, failed, skipped] = found.slice(1).map((digits) => Number(digits ?? 0));
  return { passed, failed: Math.max(failed, Number(status !== 0)), skipped };
}

console.log('');
for (const { step, ok, seconds } of results)
  console.log(`${ok ? 'ok    ' : 'FAILED'}  ${step.padEnd(9)} ${seconds} s`);
const total = (key) => results.reduce((sum, result) => sum + result[key], 0);
const skipped = total('skipped') ? `, ${total('skipped')} skipped` : '';
console.log(`${total('passed')} passed, ${total('failed')} failed${skipped}`);
process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;
