/** What a command may use of the world around it. Tests give their own. */

import type { Terminal } from '../plot/terminal/terminal-of.js';

export interface Surroundings {
  /** Prints one line, or several with line breaks between. */
  readonly write: (text: string) => void;
  readonly terminal: Terminal;
  /** Ends training between two slices. */
  readonly signal: AbortSignal;
  /** Whether training reports each epoch. */
  readonly progress: boolean;
}
