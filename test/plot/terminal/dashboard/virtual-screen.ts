/** A terminal in memory: obeys the codes that a dashboard writes, and throws on any other. */

const introducer = '\u001b';
const parts = new RegExp(`${introducer}\\[[?\\d;]*[a-zA-Z]|[\\s\\S]`, 'gu');
const whole = new RegExp(`^${introducer}\\[(\\??)([\\d;]*)([a-zA-Z])$`);

export class VirtualScreen {
  isTTY = true;
  /** Everything that was written, a string a call. */
  readonly written: string[] = [];
  isCursorShown = true;
  /** Whether a frame was begun and not ended. */
  isHeld = false;
  #lines: string[][] = [[]];
  #row = 0;
  #column = 0;

  constructor(
    public columns = 60,
    public rows = 24,
  ) {}

  write(text: string): boolean {
    this.written.push(text);
    for (const [part] of text.matchAll(parts)) this.#obey(part);
    return true;
  }

  /** What a reader sees, without blanks at the ends. */
  get text(): string {
    const lines = this.#lines.map((line) =>
      Array.from(line, (each) => each ?? ' ')
        .join('')
        .trimEnd(),
    );
    return lines.join('\n').trimEnd();
  }

  get cursor(): readonly [row: number, column: number] {
    return [this.#row, this.#column];
  }

  /** A narrower window breaks long lines, as most terminals do. */
  resize(columns: number): void {
    this.columns = columns;
    const before = this.#lines.slice(0, this.#row);
    const broken = (line: string[]) => {
      const end = line.join('').trimEnd().length;
      return Array.from({ length: Math.max(1, Math.ceil(end / columns)) }, (_, i) =>
        line.slice(i * columns, Math.min(end, (i + 1) * columns)),
      );
    };
    const moved = before.flatMap(broken);
    this.#lines = [...moved, ...this.#lines.slice(this.#row)];
    this.#row = moved.length;
  }

  #obey(part: string): void {
    const code = whole.exec(part);
    if (!code) {
      this.#put(part);
      return;
    }
    const [, isPrivate, number, letter] = code;
    if (letter === 'm') return;
    if (isPrivate && number === '25') this.isCursorShown = letter === 'h';
    else if (isPrivate && number === '2026') this.isHeld = letter === 'h';
    else if (letter === 'A') this.#row = Math.max(0, this.#row - Number(number));
    else if (letter === 'K' && number === '') this.#lines[this.#row]!.length = this.#column;
    else if (letter === 'K' && number === '2') this.#lines[this.#row] = [];
    else if (letter === 'J' && number === '') {
      this.#lines[this.#row]!.length = this.#column;
      this.#lines.length = this.#row + 1;
    } else throw new Error(`a code that the virtual screen does not know: ${JSON.stringify(part)}`);
  }

  #put(character: string): void {
    if (character === '\r') this.#column = 0;
    else if (character === '\n') {
      this.#row++;
      this.#column = 0;
    } else {
      if (this.#column === this.columns) {
        this.#row++;
        this.#column = 0;
      }
      this.#lines[this.#row] ??= [];
      this.#lines[this.#row]![this.#column++] = character;
    }
    this.#lines[this.#row] ??= [];
  }
}
