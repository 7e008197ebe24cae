/** Lines at the end of a terminal that are drawn again and again in their place. */

export interface ScreenStream {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
}

// ECMA-48, and the private modes of DEC and others. A terminal that knows synchronized output shows a frame as a whole;
// the others ignore the code.
const frameBegins = '\u001b[?2026h\u001b[?25l';
const frameEnds = '\u001b[?25h\u001b[?2026l';
const restOfLine = '\u001b[K';
const restOfScreen = '\u001b[J';

type Write = ScreenStream['write'];

/** What stands before the `write` of a stream while a screen is open. */
interface Watch extends Write {
  readonly before: Write;
  /** Whether that was a property of the stream itself, and not of its class. */
  readonly wasOwn: boolean;
  isOver: boolean;
}

const isOverWatch = (write: Write): write is Watch => (write as Partial<Watch>).isOver === true;

export class Screen {
  /** Widths of the lines that are on the screen. */
  #widths: readonly number[] = [];
  #isAtStart = true;
  #restore: (() => void) | undefined;

  constructor(readonly stream: ScreenStream) {}

  // A pseudo-terminal whose size nobody has set says 0.
  get columns(): number {
    return this.stream.columns || 80;
  }

  get rows(): number {
    return this.stream.rows || 24;
  }

  /** From now on what others write to the stream goes above the lines. */
  open(): void {
    const { stream } = this;
    const original = stream.write;
    const watch = (...given: Parameters<Write>) => {
      this.#clear(original);
      const [text] = given;
      if (typeof text === 'string' && text !== '') this.#isAtStart = text.endsWith('\n');
      return original.apply(stream, given);
    };
    const watching: Watch = Object.assign(watch, {
      before: original,
      wasOwn: Object.hasOwn(stream, 'write'),
      isOver: false,
    });
    stream.write = watching;
    this.#restore = () => {
      watching.isOver = true;
      // Those of other dashboards that ended before this one, too. What somebody else has put before it must stay.
      for (let top = stream.write; isOverWatch(top); top = stream.write) {
        if (top.wasOwn) stream.write = top.before;
        else Reflect.deleteProperty(stream, 'write');
      }
    };
    this.#write = (text) => void original.call(stream, text);
  }

  #write: (text: string) => void = () => {};

  /**
   * Draws in place of the last frame. `widths` are what the lines take on the screen. The cursor is hidden only while
   * this is written, so that no way in which a program ends can leave it hidden.
   */
  draw(lines: readonly string[], widths: readonly number[]): void {
    const start = this.#isAtStart ? '' : '\n';
    const body = lines.map((line) => `${line}${restOfLine}\n`).join('');
    this.#write(frameBegins + this.#back() + start + body + restOfScreen + frameEnds);
    this.#widths = widths;
    this.#isAtStart = true;
  }

  /** Leaves the last frame where it is and gives the stream back. */
  close(): void {
    this.#restore?.();
    this.#restore = undefined;
    this.#widths = [];
  }

  #clear(write: ScreenStream['write']): void {
    if (this.#widths.length > 0) write.call(this.stream, this.#back() + restOfScreen);
    this.#widths = [];
  }

  /** To the start of the last frame. A terminal that has become narrower has broken its lines into several. */
  #back(): string {
    const lines = this.#widths.reduce((sum, width) => sum + Math.max(1, Math.ceil(width / this.columns)), 0);
    const up = Math.min(lines, this.rows - 1);
    return up > 0 ? `\u001b[${up}A\r` : '';
  }
}
