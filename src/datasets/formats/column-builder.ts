/** A column that grows field by field and finds out what it holds. */

import { problem } from '../../core/errors.js';
import { show } from '../../core/text.js';
import { isNumber } from '../../data/csv-checks.js';
import type { Column, ColumnKind } from '../../data/table.js';
import { type Decimal, hasComma, pointed } from './decimal.js';

/** After so many given fields a column has its kind, so that their text need not be kept. */
const deciding = 1000;
/** Up to this share of fields of another kind are taken for mistakes. */
const strayShare = 1 / 5;

interface Given {
  readonly field: string;
  readonly line: number;
}

/** How the fields of a column are written. */
interface FieldForm {
  readonly isMissing: (field: string) => boolean;
  /** What they hold, where that is not to be found out. */
  readonly kind: ColumnKind | undefined;
  readonly decimal: Decimal;
}

/** The kind of a field by itself. */
function kindOf(field: string, decimal: Decimal): ColumnKind {
  if (isNumber(pointed(field, decimal))) return 'number';
  return /^(true|false)$/i.test(field) ? 'boolean' : 'text';
}

const truth = (field: string) => (field.toLowerCase() === 'true' ? 1 : 0);

const meaning = { number: 'a number', boolean: "'true' or 'false'" } as const;

/**
 * Takes the fields of one column. The kind, where it is not given, is that of all of the first 1,000 fields that are not
 * missing; it is text when they differ. But where no more than a fifth of them, or a single one beside two others, is of
 * another kind than a number (or true and false), and for any such field later on, that field is an error.
 */
export class ColumnBuilder {
  #kind: ColumnKind | undefined;
  /** Until the kind is known. */
  #undecided: (string | null)[] = [];
  readonly #counts = { number: 0, boolean: 0, text: 0 };
  readonly #firstOther: Partial<Record<'number' | 'boolean', Given>> = {};
  readonly #numbers = new GrowingNumbers();
  readonly #texts: (string | null)[] = [];
  readonly #words = new OwnTexts();
  #missing = 0;

  constructor(
    readonly name: string,
    private readonly table: string,
    private readonly form: FieldForm,
  ) {
    this.#kind = form.kind;
  }

  /** The next row's field, in this line. Throws a DataError when it is of another kind than the column. */
  add(text: string, line: number): void {
    const field = text.trim();
    const isMissing = this.form.isMissing(field);
    if (isMissing) this.#missing++;
    if (this.#kind !== undefined) this.#store(isMissing ? null : field, line);
    else if (isMissing) this.#undecided.push(null);
    else this.#count(field, line);
  }

  /** The whole column. Throws a DataError when a few of its fields are of another kind than the rest. */
  finish(): Column {
    if (this.#kind === undefined) this.#decide();
    const kind = this.#kind!;
    const { name } = this;
    return kind === 'text'
      ? { name, kind, values: this.#texts, missing: this.#missing }
      : { name, kind, values: this.#numbers.all(), missing: this.#missing };
  }

  #count(field: string, line: number): void {
    this.#undecided.push(this.#words.own(field));
    const found = kindOf(field, this.form.decimal);
    this.#counts[found]++;
    for (const kind of ['number', 'boolean'] as const)
      if (kind !== found) this.#firstOther[kind] ??= { field: this.#undecided.at(-1)!, line };
    if (this.#counts.number + this.#counts.boolean + this.#counts.text === deciding) this.#decide();
  }

  #decide(): void {
    this.#kind = this.#commonKind();
    for (const field of this.#undecided) this.#store(field, 0); // none of them can be refused any more
    this.#undecided = [];
  }

  #commonKind(): ColumnKind {
    const given = this.#counts.number + this.#counts.boolean + this.#counts.text;
    for (const kind of ['number', 'boolean'] as const) {
      const others = given - this.#counts[kind];
      if (others === 0) return kind;
      const areStray = others <= given * strayShare || (others === 1 && given > 2);
      if (areStray) throw this.#stray(kind, this.#firstOther[kind]!, `, as ${given - others} others are`);
    }
    return 'text';
  }

  #store(field: string | null, line: number): void {
    if (this.#kind === 'text') this.#texts.push(field === null ? null : this.#words.own(field));
    else this.#numbers.push(field === null ? Number.NaN : this.#numberOf(field, line));
  }

  #numberOf(field: string, line: number): number {
    const kind = this.#kind as 'number' | 'boolean';
    const { decimal } = this.form;
    const isDigit = this.form.kind === 'boolean' && /^[01]$/.test(field);
    if (kindOf(field, decimal) === kind || isDigit)
      return kind === 'number' || isDigit ? Number(pointed(field, decimal)) : truth(field);
    throw this.#stray(kind, { field, line }, '');
  }

  #stray(kind: 'number' | 'boolean', { field, line }: Given, others: string) {
    return problem('text-in-data', {
      subject: `${this.table} line ${line}, column '${this.name}',`,
      expected: `${meaning[kind]}${others}`,
      received: show(field),
      fix:
        'Correct the field. If it stands for no value, name it in `missing`; ' +
        (this.form.decimal === '.' && hasComma(field)
          ? "if its comma is a decimal sign, say `decimal: ','`; "
          : '') +
        `if the column is text, say \`kinds: { ${show(this.name)}: 'text' }\`.`,
    });
  }
}

/** Numbers in an array that doubles when it is full. */
class GrowingNumbers {
  #values = new Float64Array(256);
  #length = 0;

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const wider = new Float64Array(2 * this.#length);
      wider.set(this.#values);
      this.#values = wider;
    }
    this.#values[this.#length++] = value;
  }

  all(): Float64Array {
    return this.#values.slice(0, this.#length);
  }
}

/** So many different texts are kept once. */
const mostWords = 10_000;

/**
 * Fields as texts of their own. An engine may keep a piece of a text as a view of the whole, which would then stay in
 * memory; and a word that comes often need be there only once.
 */
class OwnTexts {
  readonly #known = new Map<string, string>();
  readonly #encoder = new TextEncoder();
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  own(field: string): string {
    const known = this.#known.get(field);
    if (known !== undefined) return known;
    const own = this.#decoder.decode(this.#encoder.encode(field));
    if (this.#known.size < mostWords) this.#known.set(own, own);
    return own;
  }
}
