/**
 * What a helping thread runs. It is text, so that no bundler has to find a file for it, and imports nothing.
 *
 * It is told of programs and runs of them by messages; what a run takes stands in memory. After a run it watches its word
 * there for a while: the same program again needs no message. It watches no more when there is one.
 */
const body = `
let told;
const programs = new Map();
const stateOf = () => new Int32Array(told.memory.buffer, told.at, told.words);
function work({ id, parts, given, count }) {
  const state = stateOf();
  const mine = told.own + told.part;
  for (;;) {
    const args = state.subarray(given, given + count);
    programs.get(id)(...args, told.part, parts, Atomics.load(state, told.steps));
    Atomics.store(state, mine, 2);
    const end = performance.now() + told.watchMilliseconds;
    while (Atomics.load(state, mine) === 2 && performance.now() < end);
    Atomics.compareExchange(state, mine, 2, 1);
    if (Atomics.load(state, mine) === 1) return;
  }
}
function take(message) {
  if (message.memory) {
    told = message;
    Atomics.store(stateOf(), told.own + told.part, 1);
  } else if (message.module) {
    const { exports } = new WebAssembly.Instance(message.module, { env: { memory: told.memory } });
    programs.set(message.id, exports.main);
  } else if (message.library) {
    const library = { exports: {} };
    process.dlopen(library, message.library);
    programs.set(message.id, (...numbers) => library.exports(new Uint8Array(told.memory.buffer), ...numbers));
  } else if (message.count) work(message);
  else {
    programs.delete(message.id);
    // A thread that allocates nothing never looks for garbage; this makes it look now and then.
    new ArrayBuffer(2 ** 25);
  }
}
listen((message) => {
  try {
    take(message);
  } catch (error) {
    // Others would wait for this thread.
    Atomics.store(stateOf(), told.failed, 1);
    throw error;
  }
});
`;

/** For Node's `worker_threads`, and for workers of the web. */
export const sources = {
  node: `const { parentPort } = process.getBuiltinModule('node:worker_threads'); const listen = (f) => parentPort.on('message', f);${body}`,
  web: `const listen = (f) => { onmessage = ({ data }) => f(data); };${body}`,
} as const;
