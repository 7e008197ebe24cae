/** What can go wrong, as data. The text of every message is made here and nowhere else. */

/** What an error says: who expected what, what came instead, and what to do. */
export interface Problem {
  /** Who complains: `Dense 'head'`, `Tensor.reshape`, `CSV line 12`. */
  readonly subject: string;
  /** Completes "expected …". */
  readonly expected: string;
  /** Completes "received …". */
  readonly received: string;
  /** The way to the place, outermost first: `model.fit > Sequential 'digits' > layer 3 of 5`. */
  readonly where?: string | undefined;
  /** What to write instead: a sentence. */
  readonly fix?: string | undefined;
}

/** The codes of each class, which may have none yet. `docs/errors.md` has a section for each code. */
export const errorCodes = {
  ShapeError: [
    'shape-mismatch',
    'missing-batch-axis',
    'not-flattened',
    'missing-channel-axis',
    'batch-in-shape',
    'window-too-large',
    'axis-out-of-range',
    'empty-axis',
    'ragged-array',
  ],
  DTypeError: [],
  ConfigError: [
    'option-value',
    'option-unknown',
    'option-position',
    'config-key',
    'config-class',
    'name-unknown',
    'name-taken',
    'argument-value',
  ],
  DataError: [
    'length-mismatch',
    'empty-data',
    'text-in-data',
    'not-finite',
    'label-range',
    'label-form',
    'loss-not-finite',
    'token-form',
    'token-unknown',
    'csv-columns',
    'csv-row',
    'missing-file',
    'download-failed',
  ],
  StateError: [
    'not-built',
    'not-adapted',
    'not-fitted',
    'not-compiled',
    'already-running',
    'already-built',
    'traced-value',
    'history-lost',
  ],
  BackendError: ['out-of-memory', 'backend-missing'],
  FormatError: ['file-format', 'file-incomplete'],
  MyelinError: ['bug'],
} as const;
type ErrorName = keyof typeof errorCodes;
export type ErrorCode = (typeof errorCodes)[ErrorName][number];

/** Every error of the library is one of these; its class says what kind of thing to look at. */
export class MyelinError extends Error {
  /** Stands in `docs/errors.md`. */
  declare readonly code: ErrorCode;
  declare readonly subject: string;
  declare readonly expected: string;
  declare readonly received: string;
  declare readonly fix: string | undefined;
  #where: string | undefined;

  constructor(code: ErrorCode, { where, ...problem }: Problem) {
    super(messageOf(code, { where, ...problem }));
    Object.assign(this, { code, ...problem });
    this.#where = where;
  }

  // On the prototype, so that the first line of the stack has it too; bundlers shorten `constructor.name`.
  override get name(): string {
    return errorNames.find((name) => this instanceof errorClasses[name])!;
  }

  get where(): string | undefined {
    return this.#where;
  }

  /** Puts an outer frame before `where`, in the message and in the stack's copy of it. */
  within(frame: string): this {
    const before = this.message;
    this.#where = this.#where ? `${frame} > ${this.#where}` : frame;
    this.message = messageOf(this.code, this);
    if (this.stack) this.stack = this.stack.replace(before, () => this.message);
    return this;
  }
}

/** A shape that does not fit. */
export class ShapeError extends MyelinError {}

/** A type of element that does not fit. */
export class DTypeError extends MyelinError {}

/** An option or a name that the library does not know. */
export class ConfigError extends MyelinError {}

/** Values that cannot be used: lengths, labels, strings, missing files. */
export class DataError extends MyelinError {}

/** The right call at the wrong time: not built, not compiled, already running. */
export class StateError extends MyelinError {}

/** Something the machine or the chosen backend cannot do. */
export class BackendError extends MyelinError {}

/** A file that cannot be read. */
export class FormatError extends MyelinError {}

const errorClasses = {
  ShapeError,
  DTypeError,
  ConfigError,
  DataError,
  StateError,
  BackendError,
  FormatError,
  MyelinError,
} satisfies Record<ErrorName, typeof MyelinError>;

// The class of all others comes last: an error's name is the first that fits.
const errorNames = /* @__PURE__ */ Object.keys(errorClasses) as ErrorName[];

/**
 * The error for a code, of the code's class.
 *
 * @example
 * throw problem('shape-mismatch', {
 *   subject: "Dense 'head'",
 *   expected: 'inputs of shape [batch, 784]',
 *   received: '[32, 28, 28, 1]',
 *   fix: 'Add `new Flatten()` before this layer.',
 * });
 */
export function problem<Code extends ErrorCode>(code: Code, description: Problem): ErrorOf<Code> {
  const name = errorNames.find((name) => (errorCodes[name] as readonly string[]).includes(code))!;
  return new errorClasses[name](code, description) as ErrorOf<Code>;
}

type ErrorOf<Code extends ErrorCode> = {
  [Name in ErrorName]: Code extends (typeof errorCodes)[Name][number]
    ? InstanceType<(typeof errorClasses)[Name]>
    : never;
}[ErrorName];

/** A state that our own code must never reach. */
export const bug = (expected: string, received: string): MyelinError =>
  problem('bug', {
    subject: 'myelin itself',
    expected,
    received,
    fix: 'This is a fault of the library, not of your code. Please report it with this message and stack.',
  });

function messageOf(code: ErrorCode, { subject, expected, received, where, fix }: Problem): string {
  const more = Object.entries({ where, fix, code }).filter(([, text]) => text);
  const lines = more.map(([label, text]) => `\n  ${label.padEnd(5)}  ${text}`);
  return `${subject} expected ${expected}, received ${received}.${lines.join('')}`;
}

/** Runs `body`; an error of ours that leaves it, now or later by its promise, gets `frame` before its `where`. */
export function inContext<T>(frame: string, body: () => T): T {
  try {
    const result = body();
    if (!(result instanceof Promise)) return result;
    return result.catch((error) => {
      throw framed(frame, error);
    }) as T;
  } catch (error) {
    throw framed(frame, error);
  }
}

/** The error as one of a part of this frame. */
export const framed = (frame: string, error: unknown) =>
  error instanceof MyelinError ? error.within(frame) : error;
