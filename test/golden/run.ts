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

/** How many cases each reason stops. */
function reasons(findings: readonly Finding[]): string[] {
  const counts = new Map<string, number>();
  for (const { reason } of findings) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).map(([reason, count]) => `    ${count} x ${reason}`);
}

function print(report: Report, isVerbose: boolean): void {
  console.log(summaryLine(report));
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
