import type { Reporter, SerializedError, TestModule } from 'vitest/node';

/** Ends every run with one line for CI: `N passed, N failed`. A file that cannot be loaded counts as one failure. */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]) {
    let failed = errors.length + modules.reduce((count, module) => count + module.errors().length, 0);
    const states = modules.flatMap((module) =>
      [...module.children.allTests()].map((test) => test.result().state),
    );
    const count = (state: string) => states.filter((other) => other === state).length;
    failed += count('failed');
    const skipped = count('skipped') + count('pending');
    const line = `${count('passed')} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`;
    process.once('exit', () => process.stdout.write(`${line}\n`)); // after every other reporter
  }
}
