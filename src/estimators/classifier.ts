/** What estimators of classes share. */

import { type DeclaredClass, declared } from '../core/configurable.js';
import {
  type Arguments,
  type Config,
  type Declaration,
  type Declares,
  noOptions,
} from '../core/declaration.js';
import { problem } from '../core/errors.js';
import { show } from '../core/text.js';
import type { Numbers } from '../models/data-adapter.js';
import type { Tensor } from '../tensor/tensor.js';
import { Estimator } from './estimator.js';
import {
  checkClasses,
  classesOf,
  type Label,
  type Labels,
  labelled,
  labelsOf,
  numbered,
  type Predicted,
} from './labels.js';
import { checkLengths, floats, type Matrix, matrixOf } from './matrix.js';

/** An estimator that answers each sample with one of the labels it has learnt. */
export abstract class Classifier<L extends Label = number> extends Estimator {
  #classes?: readonly L[];
  #features?: number;

  /** Learns from samples that have been checked, and class numbers from 0 to `count - 1`. */
  protected abstract learn(x: Matrix, y: Int32Array, count: number): Promise<void>;
  /** Chances of the classes for samples that have been checked, row after row. */
  protected abstract chances(x: Matrix): Promise<ArrayLike<number>>;

  protected async learnFrom(x: Numbers, y: Labels<L>): Promise<this> {
    const subject = `${this.className}.fit`;
    const samples = matrixOf(`${subject} x`, x);
    const labels = labelsOf(`${subject} y`, y as Labels);
    checkLengths(subject, samples.rows, labels.length);
    const classes = classesOf(labels);
    checkClasses(`${subject} y`, classes);
    if (classes.length < 2) throw oneClass(subject, classes[0]!);
    await this.learn(samples, numbered(labels, classes), classes.length);
    this.#classes = classes as L[];
    this.#features = samples.columns;
    return this;
  }

  /** The labels, sorted: column `j` of `predictProba` is about `classes[j]`. */
  get classes(): readonly L[] {
    return this.learnt(this.#classes, 'classes');
  }

  /** Chances of the classes for each sample: `[n, classes]`. */
  async predictProba(x: Numbers): Promise<Tensor> {
    const { rows, values } = await this.#ask('predictProba', x);
    return floats(values, [rows, values.length / rows]);
  }

  /** The likeliest label of each sample: a tensor `[n]` for numbers, an array for words. */
  async predict(x: Numbers): Promise<Predicted<L>> {
    return labelled(await this.#likeliest('predict', x), this.classes);
  }

  /** The share of samples whose label it predicts. */
  async score(x: Numbers, y: Labels<L>): Promise<number> {
    const subject = `${this.className}.score`;
    // Of class numbers: labels given back by a tensor may be of another kind than those of y.
    const found = await this.#likeliest('score', x);
    const labels = labelsOf(`${subject} y`, y as Labels);
    checkLengths(subject, found.length, labels.length);
    if (typeof labels[0] !== typeof this.classes[0]) throw otherKind(subject, labels[0]!, this.classes[0]!);
    const wanted = numbered(labels, this.classes);
    return found.filter((place, i) => place === wanted[i]).length / found.length;
  }

  /** The class number of each sample. */
  async #likeliest(method: string, x: Numbers): Promise<Int32Array> {
    const { rows, values } = await this.#ask(method, x);
    const count = values.length / rows;
    return Int32Array.from({ length: rows }, (_, i) => {
      let best = i * count;
      for (let at = best + 1; at < (i + 1) * count; at++) if (values[at]! > values[best]!) best = at;
      return best - i * count;
    });
  }

  async #ask(method: string, x: Numbers) {
    const samples = this.samples(method, x, this.learnt(this.#features, method));
    return { rows: samples.rows, values: await this.chances(samples) };
  }
}

/** As `DeclaredClass`, of labels that are numbers unless said otherwise: `new LogisticRegression<string>()`. */
export interface ClassifierClass<D extends Declaration>
  extends Pick<DeclaredClass<D, typeof noOptions, Classifier>, 'className' | 'fromConfig'> {
  new <L extends Label = number>(
    ...args: Arguments<D, typeof noOptions>
  ): Classifier<L> & { readonly config: Config<D> };
}

/** Declares a classifier: its options. */
export function classifier<D extends Declaration>(
  className: string,
  declare: D & Declares<D>,
): ClassifierClass<D> {
  return declared(Classifier, className, declare, noOptions) as never;
}

const oneClass = (subject: string, label: Label) =>
  problem('label-range', {
    subject: `${subject} y`,
    expected: 'labels of two classes or more',
    received: `${show(label)} alone`,
    fix: 'Train on samples of every class there is.',
  });

const otherKind = (subject: string, label: Label, known: Label) =>
  problem('label-form', {
    subject: `${subject} y`,
    expected: `labels such as ${show(known)}, as \`fit\` had`,
    received: show(label),
  });
