#!/usr/bin/env node

/** The command `myelin`: connects the program to the process. */

import { terminalOf } from '../plot/terminal/terminal-of.js';
import { exitCodes, runProgram } from './program.js';

const interrupt = new AbortController();

process.on('SIGINT', () => {
  if (interrupt.signal.aborted) process.exit(exitCodes.interrupted);
  interrupt.abort();
  console.error('\nStopping; Ctrl-C again stops at once.');
});

// `myelin … | head` closes the pipe: what is left to say has no reader.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(exitCodes.done);
});

process.exitCode = await runProgram(
  process.argv.slice(2),
  {
    write: (text) => console.log(text),
    terminal: terminalOf(process.stdout, process.env, process.platform),
    signal: interrupt.signal,
    progress: true,
  },
  { writeError: (text) => console.error(text), debug: Boolean(process.env.MYELIN_DEBUG) },
);
