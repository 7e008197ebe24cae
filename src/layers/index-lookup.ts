/** Layers that turn words or numbers of any size into small whole numbers, by a vocabulary. */

import { type DeclaredClass, declared } from '../core/configurable.js';
import type { Config, Declaration } from '../core/declaration.js';
import { problem } from '../core/errors.js';
import { bool, type Field, float, int, type JsonObject, listOf, maybe, oneOf } from '../core/fields.js';
import type { WriteOptions } from '../core/schema.js';
import { type PartialShape, sizeOf } from '../core/shape.js';
import { show } from '../core/text.js';
import { tensor } from '../tensor/create.js';
import { leavesOf, place } from '../tensor/nested.js';
import { Tensor } from '../tensor/tensor.js';
import { alreadyGiven, notAdapted, nothingToLearn } from './adapt.js';
import { encodeCategories, encodedShape, encodings } from './encoding.js';
import { HostLayer } from './host-layer.js';
import { layerFields } from './layer.js';
import { byFrequency, countWords, inverseFrequency, oovPlace, type Token } from './vocabulary.js';

/** Words in rows of rows. */
export type NestedText = string | readonly NestedText[];
/** Whole numbers in rows of rows. */
export type NestedIntegers = number | ArrayBufferView | readonly NestedIntegers[];

type Salt = readonly [number, number];

const salt = (): Field<number | Salt, Salt> => ({
  expected: 'an integer, or two of them in an array',
  parse: (given) => {
    const key: Salt = typeof given === 'number' ? [given, given] : given;
    return Array.isArray(key) && key.length === 2 && key.every(Number.isSafeInteger)
      ? (key as Salt)
      : undefined;
  },
});

/** The options, for tokens of one type. */
export const lookupFields = <T extends Token>(token: Field<T>, oovToken: T) => ({
  /** Most places there may be, those of masked and unknown tokens included; any number when null. */
  maxTokens: maybe(int({ min: 2 })),
  /** Places for unknown tokens. With 0 an unknown one is an error; several share them by a fingerprint. */
  numOovIndices: int(1, { min: 0 }),
  /** What stands for nothing: place 0 with `outputMode: 'int'`, left out otherwise. */
  maskToken: maybe(token),
  /** What unknown places are called when `invert` turns them back. */
  oovToken: { ...token, fallback: oovToken },
  /** The tokens to know, in place of `adapt`. */
  vocabulary: maybe(listOf(token)),
  /** Weight of each token with `outputMode: 'tf_idf'`. */
  idfWeights: maybe(listOf(float())),
  /** Whether places are turned into tokens. */
  invert: bool(false),
  /** `'int'`: the place; `'tf_idf'`: how often, times the weight; otherwise as `CategoryEncoding`. */
  outputMode: oneOf(['int', ...encodings, 'tf_idf'], 'int'),
  /** Whether outputs have `maxTokens` columns, however many tokens there are. */
  padToMaxTokens: bool(false),
  /** How unknown whole numbers share several places: by their remainder, or by their fingerprint as strings do. */
  oovMethod: oneOf(['floormod', 'farmhash'], 'floormod'),
  /** Key of another fingerprint: two integers, or one for both. */
  salt: maybe(salt()),
});

/** Options of every lookup layer. */
export interface LookupFields<T extends Token> extends ReturnType<typeof lookupFields<T>> {}

interface Vocabulary<T extends Token> {
  /** Without those of masked and unknown places. */
  readonly tokens: readonly T[];
  readonly places: ReadonlyMap<T, number>;
  /** Of every place. */
  readonly weights: readonly number[];
  /** What `setVocabulary` was given, as Keras's JSON has it. */
  readonly given: { readonly vocabulary: readonly T[]; readonly idf_weights: readonly number[] | null };
}

type Rule = readonly [isWrong: boolean, expected: string, received: string];

/** A layer with a vocabulary, given or learnt. */
export abstract class Lookup<T extends Token> extends HostLayer {
  declare readonly config: Config<() => LookupFields<T>> & Config<typeof layerFields>;
  #known: Vocabulary<T> | null = null;

  // biome-ignore lint/suspicious/noExplicitAny: the declaration says what they are
  constructor(...args: readonly any[]) {
    super(...args);
    this.#checkOptions();
    const { vocabulary, idfWeights } = this.config;
    if (vocabulary) this.setVocabulary(vocabulary, idfWeights);
  }

  /** What tokens are called in messages; numbers are whole. */
  protected abstract get tokenType(): 'string' | 'number';

  /** Every place's token in order, or the tokens alone. */
  getVocabulary({ includeSpecialTokens = true }: { readonly includeSpecialTokens?: boolean } = {}): T[] {
    return [...(includeSpecialTokens ? this.#special : []), ...(this.#known?.tokens ?? [])];
  }

  /** How many places there are, those of masked and unknown tokens included. */
  vocabularySize(): number {
    return this.getVocabulary().length;
  }

  /** Gives the layer its tokens, with or without the masked and unknown ones before them, and their weights. */
  setVocabulary(vocabulary: readonly T[], idfWeights: readonly number[] | null = null): void {
    const special = this.#special;
    const { leaves: given } = this.#flat<T>(vocabulary);
    const isWhole = special.every((token, i) => given[i] === token);
    const tokens = isWhole ? given.slice(special.length) : given;
    this.#checkTokens(given, tokens, idfWeights);
    const mean = idfWeights ? idfWeights.reduce((a, b) => a + b, 0) / idfWeights.length : 0;
    const weights = [...(isWhole ? [] : special.map(() => mean)), ...(idfWeights ?? [])];
    const places = new Map(tokens.map((token, i) => [token, special.length + i]));
    this.#known = { tokens, places, weights, given: { vocabulary: given, idf_weights: idfWeights } };
  }

  /** Learns the tokens of all of `data`, the most frequent first, which forgets what was learnt before. */
  adapt(data: NestedText | NestedIntegers | Tensor): void {
    const { vocabulary, maskToken, oovToken, maxTokens, outputMode } = this.config;
    if (vocabulary) throw alreadyGiven(this.subject, 'its tokens');
    const { leaves, shape } = this.#flat<T>(data);
    const length = sizeOf(shape.slice(1));
    const documents = Array.from({ length: leaves.length / length }, (_, i) =>
      leaves.slice(i * length, (i + 1) * length),
    );
    const { words, documents: containing } = countWords(documents);
    for (const token of [maskToken, oovToken]) if (token !== null) words.delete(token);
    if (words.size === 0) throw nothingToLearn(this.subject);
    const tokens = byFrequency(words).slice(0, Math.max(0, (maxTokens ?? Infinity) - this.#special.length));
    const weights = tokens.map((token) => inverseFrequency(documents.length, containing.get(token)!));
    this.setVocabulary(tokens, outputMode === 'tf_idf' ? weights : null);
  }

  encode(values: NestedText | NestedIntegers | Tensor): Tensor {
    const { outputMode } = this.config;
    const { leaves, shape } = this.#flat<T>(values);
    const { weights } = this.#vocabulary;
    const index = tensor(
      Int32Array.from(leaves, (token) => this.#placeOf(token)),
      { shape },
    );
    if (outputMode === 'int') return index;
    if (outputMode !== 'tf_idf') return encodeCategories(index, outputMode, this.#depth);
    const padding = Array(this.#depth - weights.length).fill(0);
    return encodeCategories(index, 'count', this.#depth).mul(tensor([...weights, ...padding]));
  }

  /** The tokens at places. */
  protected tokensAt(values: NestedIntegers | Tensor): { leaves: T[]; shape: number[] } {
    const { maskToken, oovToken } = this.config;
    const tokens = [...this.#special, ...this.#vocabulary.tokens];
    const { leaves: places, shape } = this.#flat<number>(values, 'number');
    const leaves = places.map((i) => (i === 0 && maskToken !== null ? maskToken : (tokens[i] ?? oovToken)));
    return { leaves, shape };
  }

  override computeOutputShape(inputShape: PartialShape): PartialShape {
    const { outputMode } = this.config;
    if (outputMode === 'int') return inputShape;
    return encodedShape(inputShape, outputMode === 'tf_idf' ? 'count' : outputMode, this.#depth);
  }

  /** With the tokens that were learnt, which Keras keeps in a file of its own. */
  override getConfig(options: WriteOptions = {}): JsonObject {
    const learnt = this.#known && { ...this.#known.given, vocabulary_size: this.vocabularySize() };
    return { ...super.getConfig(options), ...learnt, ...(!options.minimal && { sparse: false }) };
  }

  get #vocabulary(): Vocabulary<T> {
    if (this.#known) return this.#known;
    throw notAdapted(this.subject, 'vocabulary');
  }

  /** The tokens of the places before the vocabulary. */
  get #special(): T[] {
    const { maskToken, oovToken, numOovIndices, outputMode } = this.config;
    const masked = maskToken !== null && outputMode === 'int' ? [maskToken] : [];
    return [...masked, ...Array<T>(numOovIndices).fill(oovToken)];
  }

  get #depth(): number {
    const { padToMaxTokens, maxTokens } = this.config;
    return padToMaxTokens ? maxTokens! : this.#special.length + this.#vocabulary.tokens.length;
  }

  /** -1, which counts nowhere, for masked tokens that have no place. */
  #placeOf(token: T): number {
    const { maskToken, outputMode, numOovIndices, oovMethod, salt } = this.config;
    if (token === maskToken) return outputMode === 'int' ? 0 : -1;
    const place = this.#vocabulary.places.get(token);
    if (place !== undefined) return place;
    if (numOovIndices === 0) throw this.#unknown(token);
    return this.#special.length - numOovIndices + oovPlace(token, { numOovIndices, oovMethod, salt });
  }

  #flat<L = T>(values: unknown, type = this.tokenType): { leaves: L[]; shape: number[] } {
    const noun = type === 'string' ? 'strings' : 'whole numbers';
    return leavesOf<L>(values instanceof Tensor ? values.toArray() : values, this.subject, {
      isLeaf: (x) => (type === 'string' ? typeof x === 'string' : Number.isSafeInteger(x)),
      wrong: (x, at) =>
        problem('token-form', {
          subject: this.subject,
          expected: noun,
          received: `${show(x)}${place(at)}`,
          fix: `${type === 'string' ? 'IntegerLookup takes whole numbers' : 'StringLookup takes strings'}.`,
        }),
    });
  }

  #checkOptions(): void {
    const { vocabulary, idfWeights, outputMode, invert, padToMaxTokens, maxTokens, salt, oovMethod } =
      this.config;
    const isWeighted = outputMode === 'tf_idf';
    const isRemainder = this.tokenType === 'number' && oovMethod === 'floormod';
    this.#refuse(
      [
        [padToMaxTokens && maxTokens === null, 'maxTokens with padToMaxTokens', 'none'],
        [invert && outputMode !== 'int', "outputMode 'int' with invert", `'${outputMode}'`],
        [idfWeights !== null && !isWeighted, "idfWeights with outputMode 'tf_idf' only", `'${outputMode}'`],
        [vocabulary !== null && isWeighted && idfWeights === null, 'idfWeights for its vocabulary', 'none'],
        [salt !== null && isRemainder, "salt with oovMethod 'farmhash' only", "'floormod'"],
      ],
      'option-value',
    );
  }

  #checkTokens(given: readonly T[], tokens: readonly T[], weights: readonly number[] | null): void {
    const { maskToken, oovToken, invert, maxTokens, outputMode } = this.config;
    const seen = new Set<T>();
    const twice = tokens.find((token) => seen.size === seen.add(token).size);
    const reserved = [maskToken, invert ? oovToken : null].find((token) => token !== null && seen.has(token));
    const size = this.#special.length + tokens.length;
    const isWeighted = outputMode === 'tf_idf';
    const problems: readonly Rule[] = [
      [tokens.length === 0, 'at least one token', 'none'],
      [twice !== undefined, 'each token once', show(twice)],
      [reserved !== undefined, 'special tokens nowhere, or all of them first', show(reserved)],
      [maxTokens !== null && size > maxTokens, `at most maxTokens, ${maxTokens}, places`, String(size)],
      [
        isWeighted && weights?.length !== given.length,
        `${given.length} idfWeights`,
        String(weights?.length ?? 'none'),
      ],
      [!isWeighted && weights !== null, "idfWeights with outputMode 'tf_idf' only", `'${outputMode}'`],
    ];
    this.#refuse(problems, 'argument-value', ' vocabulary');
  }

  /** Throws the first problem that there is. */
  #refuse(problems: readonly Rule[], code: 'option-value' | 'argument-value', part = ''): void {
    const wrong = problems.find(([isWrong]) => isWrong);
    if (!wrong) return;
    const [, expected, received] = wrong;
    throw problem(code, { subject: `${this.subject}${part}`, expected, received });
  }

  #unknown(token: T) {
    return problem('token-unknown', {
      subject: this.subject,
      expected: 'tokens of its vocabulary, because numOovIndices is 0',
      received: show(token),
      fix: 'Leave `numOovIndices` at 1: unknown tokens then have a place of their own.',
    });
  }
}

export interface LookupClass<D extends Declaration, T extends Token>
  extends DeclaredClass<D, typeof layerFields, Lookup<T>> {}

/** Declares a lookup layer. */
export const lookup = <T extends Token, D extends Declaration>(
  className: string,
  declare: D,
): LookupClass<D, T> => declared(Lookup<T>, className, declare, layerFields);
