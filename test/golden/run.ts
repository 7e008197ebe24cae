/**
 * `npm run golden -- DIR [--verbose]`: every JSON file of the folders in the goldens' format, family by family. Ends with
 * exit status 1 when a case failed.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Finding, type GoldenFile, type Report, runFile, summaryLine } from './runner.js';

const isGolden = (json: unknown): json is GoldenFile =>
  typeof json === 'object' && json !== null && 'family' in json && 'cases' in json;

function filesOf(folder: string): GoldenFile[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort();
  return names
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as unknown)
    .filter(isGolden);
}

/** The cases that each reason stops. */
function reasons(findings: readonly Finding[]): string[] {
  const cases = new Map<string, string[]>();
  for (const { id, reason } of findings) cases.set(reason, [...(cases.get(reason) ?? []), id]);
  const sorted = [...cases].sort(([, a], [, b]) => b.length - a.length);
  return sorted.map(([reason, ids]) => `    ${ids.length} x ${reason.slice(0, 400)}\n      ${ids.join(' ')}`);
}

function print(report: Report, isVerbose: boolean): void {
  console.log(summaryLine(report));
  if (report.onWasmAlone.length > 0)
    console.log(`  on wasm alone, being too large for the reference: ${report.onWasmAlone.join(' ')}`);
  for (const { id, reason } of report.failed) console.log(`  failed ${id}: ${reason.slice(0, 400)}`);
  if (!isVerbose || report.unsupported.length === 0) return;
  console.log('  unsupported:');
  for (const line of reasons(report.unsupported)) console.log(line);
}

const options = process.argv.slice(2);
const folders = options.filter((option) => !option.startsWith('--'));
let failures = 0;
let families = 0;
for (const folder of folders) {
  for (const file of filesOf(folder)) {
    const report = await runFile(file);
    print(report, options.includes('--verbose'));
    failures += report.failed.length;
    families++;
  }
}
if (families === 0) console.error(`No golden cases in ${folders.join(', ')}.`);
process.exitCode = failures > 0 || families === 0 ? 1 : 0;
