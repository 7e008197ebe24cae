/** What the place that is written to can show. */

export { type Terminal, terminalOf } from '../plot/terminal/terminal-of.js';
