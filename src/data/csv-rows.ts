/** Separated text, RFC 4180, in rows while it arrives: cut at the ends of rows by us, into fields by d3-dsv. */

import { dsvFormat } from 'd3-dsv';
import { problem } from '../core/errors.js';

/** The fields of one row. */
export interface CsvLine {
  /** Where the row begins, from 1; rows with quoted line breaks take several lines. */
  readonly line: number;
  readonly fields: readonly string[];
}

/** A row of more characters is one whose quote was never closed. */
const longestRow = 2 ** 24;

/** Where in a row the text stands. */
type Place = 'before a field' | 'in a field' | 'in quotes' | 'after a quote';

const [quote, newline, carriageReturn] = [34, 10, 13];

/**
 * Takes text in parts that may end anywhere and gives whole rows. A field that begins with a quote ends with the next
 * single one, two stand for one that belongs to it; a quote inside of another field is an ordinary character. A row ends
 * with `\n`, `\r\n` or `\r` outside of quotes. Blank lines are counted and left out.
 *
 * Throws a DataError with the line for text between a closing quote and the next separator, and for a quote that stays
 * open.
 */
export class CsvRows {
  readonly #separator: number;
  readonly #fieldsOf: (text: string) => string[][];
  #rest = '';
  /** How far `#rest` has been searched, and where its last whole row ends. */
  #searched = 0;
  #end = 0;
  #place: Place = 'before a field';
  #line = 1;

  constructor(
    separator: string,
    /** What messages call the text. */
    readonly name: string,
  ) {
    this.#separator = separator.charCodeAt(0);
    this.#fieldsOf = dsvFormat(separator).parseRows;
  }

  /** The rows that end with this part of the text. */
  push(part: string): CsvLine[] {
    this.#rest += part;
    this.#search();
    const rows = this.#cut(this.#end);
    if (this.#rest.length > longestRow) throw this.#openQuote(`a row of more than ${longestRow} characters`);
    return rows;
  }

  /** The rows that are left when there is no more text. */
  finish(): CsvLine[] {
    if (this.#place === 'in quotes') throw this.#openQuote('one that is still open at the end of the text');
    return this.#cut(this.#rest.length);
  }

  #search(): void {
    const text = this.#rest;
    let place = this.#place;
    let at = this.#searched;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (place === 'in quotes') {
        if (code === quote) place = 'after a quote';
      } else if (code === newline || code === carriageReturn) {
        if (code === carriageReturn) {
          if (at + 1 === text.length) break; // the other half of \r\n may come
          if (text.charCodeAt(at + 1) === newline) at++;
        }
        this.#end = at + 1;
        place = 'before a field';
      } else if (code === this.#separator) place = 'before a field';
      else if (code === quote && place !== 'in a field') place = 'in quotes';
      else if (place === 'after a quote') throw this.#textAfterQuote(at);
      else place = 'in a field';
    }
    this.#place = place;
    this.#searched = at;
  }

  #cut(end: number): CsvLine[] {
    const text = this.#rest.slice(0, end);
    this.#rest = this.#rest.slice(end);
    this.#searched -= end;
    this.#end = 0;
    const hasQuotes = text.includes('"');
    const rows = this.#fieldsOf(text).map((fields) => {
      const line = this.#line;
      this.#line += 1 + (hasQuotes ? fields.reduce((sum, field) => sum + breaksIn(field), 0) : 0);
      return { line, fields };
    });
    return rows.filter(({ fields }) => fields.length > 1 || fields[0]?.trim());
  }

  #openQuote(received: string) {
    return problem('csv-row', {
      subject: `${this.name} line ${this.#line}`,
      expected: 'every quoted field to end with a quote',
      received,
      fix: 'Close the quote, or double a quote that belongs to the field: "5\' 10""".',
    });
  }

  #textAfterQuote(at: number) {
    const before = this.#rest.slice(0, at);
    return problem('csv-row', {
      subject: `${this.name} line ${this.#line + breaksIn(before)}`,
      expected: 'a separator or the end of the line after the quote that ends a field',
      received: `the character '${this.#rest[at]}'`,
      fix: 'Double a quote that belongs to the field: "5\' 10""".',
    });
  }
}

const breaksIn = (text: string) => text.match(/\r\n|\r|\n/g)?.length ?? 0;
