/** Where text goes: the terminal, a file, or the console of a page. */

interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const output = (): Output | undefined =>
  (globalThis as { readonly process?: { readonly stdout?: Output } }).process?.stdout;

/** Whether a line can be drawn again. */
export const isTerminal = (): boolean => output()?.isTTY === true;

/** Columns of the terminal, 80 where there is none, as Python's `get_terminal_size` has it. */
export const terminalWidth = (): number => (isTerminal() ? (output()!.columns ?? 80) : 80);

/** Writes a line. */
export const printLine = (text: string): void => console.log(text);

/** Draws the current line again. Only where `isTerminal`. */
export const redrawLine = (text: string): void => void output()?.write(`\r\x1b[2K${text}`);
