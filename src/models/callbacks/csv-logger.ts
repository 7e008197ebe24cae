import { arg, bool, functionOf, maybe, text } from '../../core/fields.js';
import type { Logs } from '../network.js';
import { callback } from './callback.js';
import { pythonNumber } from './python-number.js';

/** What of Node's file system is used. */
interface FileSystem {
  readFileSync(file: string, encoding: 'utf8'): string;
  existsSync(file: string): boolean;
  writeFileSync(file: string, text: string): void;
  appendFileSync(file: string, text: string): void;
}
interface Platform {
  readonly process?: { getBuiltinModule?(name: 'node:fs'): FileSystem };
}
const fileSystem = (): FileSystem | undefined =>
  (globalThis as Platform).process?.getBuiltinModule?.('node:fs');

/**
 * Writes the logs of each epoch as a line of comma-separated text: to the file `filename` in Node, to `write` where it
 * is given, and in any case to `text`. The first line names the columns; a value that is missing later is `NA`.
 *
 * Source: Keras's `CSVLogger`.
 *
 * @example
 * new CSVLogger(null, { write: (text) => console.log(text) });
 */
export class CSVLogger extends /* @__PURE__ */ callback('CSVLogger', (filename = arg(maybe(text()))) => ({
  /** Where the file is; none is written when null, and in browsers. */
  filename,
  /** What stands between two values. */
  separator: { ...text(), fallback: ',' },
  /** Whether to add to what is there, without a second first line. */
  append: bool(false),
  /** Takes each line, its end included, in place of the file. */
  write: maybe(functionOf<(text: string) => void | Promise<void>>('a function of text')),
})) {
  /** All that was written since the training began, or ever if `append`. */
  text = '';
  #columns: readonly string[] | null = null;

  override onTrainBegin() {
    const { append } = this.config;
    this.#columns = null;
    if (append) return;
    this.text = '';
    this.#file((files, name) => files.writeFileSync(name, ''));
  }

  override async onEpochEnd(epoch: number, logs: Logs) {
    const names = Object.keys(logs).sort();
    const isWatched = names.some((name) => name.startsWith('val_'));
    const isFirst = this.#columns === null;
    this.#columns ??= isWatched ? names : [...names, ...names.map((name) => `val_${name}`)];
    if (isFirst && !this.#hasText()) await this.#line(['epoch', ...this.#columns]);
    const values = this.#columns.map((name) => (name in logs ? pythonNumber(logs[name]!) : 'NA'));
    await this.#line([`${epoch}`, ...values]);
  }

  #hasText(): boolean {
    const read = this.#file((files, name) => files.existsSync(name) && files.readFileSync(name, 'utf8'));
    return this.text !== '' || Boolean(read);
  }

  async #line(values: readonly string[]): Promise<void> {
    const { separator, write } = this.config;
    const line = `${values.map((value) => quoted(value, separator)).join(separator)}\r\n`;
    this.text += line;
    if (write) await write(line);
    else this.#file((files, name) => files.appendFileSync(name, line));
  }

  #file<T>(use: (files: FileSystem, name: string) => T): T | undefined {
    const { filename, write } = this.config;
    const files = filename !== null && !write ? fileSystem() : undefined;
    return files && use(files, filename!);
  }
}

const quoted = (value: string, separator: string): string =>
  value.includes(separator) || /["\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
