/** What is let pass though it is almost surely wrong: said once, through one switch. */

export type WarningHandler = (text: string) => void;

const toConsole: WarningHandler = (text) => console.warn(`myelin: ${text}`);
let handler: WarningHandler | false = toConsole;
const said = new Set<string>();

/** Where warnings go: a function, `false` for nowhere, `true` for the console. */
export function setWarnings(to: WarningHandler | boolean): void {
  handler = to === true ? toConsole : to;
}

/** Warns unless `key` has warned since the last `resetWarnings`. */
export function warnOnce(key: string, text: string): void {
  if (said.has(key)) return;
  said.add(key);
  if (handler) handler(text);
}

/** Lets every warning be said again: at the start of each `fit`. */
export const resetWarnings = (): void => said.clear();
