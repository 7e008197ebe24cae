/** The C compiler of this machine: where it is, and what it can do. */
import { problem } from '../../core/errors.js';
import { failed, printable } from './complaints.js';
import { inBackground, type Work, waitFor } from './processes.js';
import { pathOf } from './programs.js';

export interface Compiler {
  /** Its path as it was found. Not followed through links: some programs look at the name they are called by. */
  readonly command: string;
  /** For people: `GCC 12.2.0`. */
  readonly version: string;
  /** All macros that it defines, under `flags`: they hold the features of the processor. */
  readonly macros: string;
  /** What it compiles a library with. */
  readonly flags: readonly string[];
}

export interface SearchOptions {
  /** Milliseconds that a compiler may take to answer. */
  readonly timeout?: number;
}

/**
 * The compiler that `MYELIN_CC` names, else the first of cc, gcc and clang that works. What comes of the search is
 * remembered for the process.
 *
 * @throws BackendError when there is none, or none for this system.
 */
export function findCompiler({ timeout = patience }: SearchOptions = {}): Compiler {
  const key = wish();
  const found = remembered.get(key) ?? waitFor(searching(timeout));
  remembered.set(key, found);
  return foundOrThrow(found);
}

/** As `findCompiler`, while other work goes on. */
export async function findCompilerInBackground({
  timeout = patience,
}: SearchOptions = {}): Promise<Compiler> {
  const key = wish();
  const found = remembered.get(key) ?? (await (searches.get(key) ?? search(key, timeout)));
  return foundOrThrow(found);
}

type Found = Compiler | { readonly received: string; readonly fix: string };

const patience = 20_000;
const remembered = new Map<string, Found>();
const searches = new Map<string, Promise<Found>>();

function search(key: string, timeout: number): Promise<Found> {
  const running = inBackground(searching(timeout)).then((found) => {
    remembered.set(key, found);
    searches.delete(key);
    return found;
  });
  searches.set(key, running);
  return running;
}

/** What decides which compiler is found. */
const wish = (): string =>
  typeof process === 'undefined' ? '' : `${process.env.MYELIN_CC ?? ''}\0${process.env.PATH ?? ''}`;

function foundOrThrow(found: Found): Compiler {
  if ('command' in found) return found;
  throw problem('backend-missing', {
    subject: "Backend 'native'",
    expected: 'a C compiler, gcc or clang',
    ...found,
  });
}

/** The macro by which a compiler says that it makes code for a processor. The heap has its bytes in this order. */
const processors: Readonly<Record<string, string>> = { x64: '__x86_64__', arm64: '__aarch64__' };

function* searching(timeout: number): Work<Found> {
  const fix = 'Use the backend wasm, which needs none.';
  if (typeof process === 'undefined' || !process.getBuiltinModule) return { received: 'a page', fix };
  if (process.platform === 'win32') return { received: 'Windows', fix };
  if (!processors[process.arch]) return { received: `a processor of the kind ${process.arch}`, fix };
  const named = process.env.MYELIN_CC;
  const tried: string[] = [];
  for (const name of named ? [named] : ['cc', 'gcc', 'clang']) {
    const answer = yield* asking(name, timeout);
    if (typeof answer !== 'string') return answer;
    tried.push(`${name}: ${answer}`);
  }
  return {
    received: `${named ? 'from MYELIN_CC ' : ''}${tried.join('; ')}`,
    fix: named
      ? 'Let MYELIN_CC be the path or the name of gcc or clang, without options.'
      : 'Install gcc or clang, or name one by MYELIN_CC; or use the backend wasm, which needs none.',
  };
}

/** The compiler, or why it is none. */
function* asking(name: string, timeout: number): Work<Compiler | string> {
  const command = pathOf(name);
  if (command === undefined) return 'not found';
  if (!(yield* hasTools(command, timeout)))
    return 'without the command line tools, see `xcode-select --install`';
  let reason = '';
  for (const tuning of tunings()) {
    const flags = flagsFor(tuning);
    const outcome = yield {
      path: command,
      args: [...flags, '-dM', '-E', '-x', 'c', '-'],
      input: '',
      timeout,
    };
    const { output: macros, failure } = outcome;
    const unfit = failure === undefined ? unfitness(macros) : failed(outcome);
    if (unfit === undefined) return { command, version: versionOf(macros), macros, flags };
    reason ||= unfit; // the first flag is the usual one, so its complaint says most
  }
  return reason;
}

/** Not run on macOS: there `/usr/bin/cc` without the developer tools is a program that opens a window to offer them. */
function* hasTools(command: string, timeout: number): Work<boolean> {
  if (process.platform !== 'darwin' || !command.startsWith('/usr/bin/')) return true;
  const { failure } = yield { path: '/usr/bin/xcode-select', args: ['-p'], input: '', timeout };
  return failure === undefined;
}

function unfitness(macros: string): string | undefined {
  const has = (name: string) => new RegExp(`^#define ${name} `, 'm').test(macros);
  if (!has('__VERSION__') || !has('__GNUC__')) return 'an answer that is not that of gcc or clang';
  const fits = has(processors[process.arch]!) && has('__LP64__');
  return fits ? undefined : `code for another processor than ${process.arch}`;
}

function versionOf(macros: string): string {
  const [, version = ''] = /^#define __VERSION__ "(.*)"$/m.exec(macros) ?? [];
  return printable(/^#define __clang__ /m.test(macros) ? version : `GCC ${version}`);
}

/** On x64 gcc takes -mcpu for an old name of -mtune; on arm64 some versions of clang know only -mcpu. */
const tunings = () => (process.arch === 'x64' ? ['-march=native'] : ['-march=native', '-mcpu=native']);

/**
 * Sums must come out the same as from WebAssembly: nothing is contracted or reordered. Warnings are for those who write
 * the source. The form of libraries on macOS is that of node-gyp; it was not run.
 */
const flagsFor = (tuning: string): string[] => [
  ...['-O2', tuning, '-ffp-contract=off', '-fno-math-errno', '-fno-trapping-math'],
  ...[
    '-fPIC',
    ...(process.platform === 'darwin' ? ['-bundle', '-undefined', 'dynamic_lookup'] : ['-shared']),
  ],
  ...['-fvisibility=hidden', '-w'],
];
