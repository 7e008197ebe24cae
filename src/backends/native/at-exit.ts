/** What is to be done when the process ends, with one listener for all. */

const actions = new Set<() => void>();
let isListening = false;

/** Runs `action` when the process ends, unless the function that comes back was called before. Last in, first out. */
export function atExit(action: () => void): () => void {
  if (!isListening) process.on('exit', () => [...actions].reverse().forEach((each) => void each()));
  isListening = true;
  actions.add(action);
  return () => void actions.delete(action);
}
