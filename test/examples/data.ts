import { existsSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.env.MYELIN_TEST_DATA ?? '../shared/data';

/** Where a file of test data lies, or undefined where it is not there, which is said aloud. */
export function testData(name: string): string | undefined {
  const file = join(folder, name);
  if (existsSync(file)) return file;
  console.log(`Skipped: no ${file}. MYELIN_TEST_DATA names the folder of the test data.`);
  return undefined;
}
