/** Words of other programs, fit for our messages. */
import type { Outcome } from './processes.js';

/** What a program said when it failed, in one line. */
export function failed({ failure, complaints }: Outcome, most = 1): string {
  const lines = complaints.split('\n').map((line) => printable(line.trim()));
  const said = lines.filter((line) => line !== '').slice(0, most);
  return said.length > 0 ? `${failure} (${said.join(' | ')})` : `${failure}`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: what a program prints must not move the cursor.
export const printable = (line: string) => line.replace(/[\u0000-\u001f\u007f-\u009f]/g, '?').slice(0, 200);
