/** The values that were used last; the others are dropped. */
export class Recent<T> {
  readonly #values = new Map<string, T>();
  /** The key that stands last. */
  #last: string | undefined;

  constructor(
    readonly limit: number,
    readonly drop: (value: T) => void = () => {},
  ) {}

  get(key: string, make: () => T): T {
    if (key === this.#last) return this.#values.get(key)!;
    const value = this.#values.get(key) ?? make();
    this.#values.delete(key);
    this.#values.set(key, value);
    this.#last = key;
    if (this.#values.size > this.limit) this.#dropOldest();
    return value;
  }

  has(key: string): boolean {
    return this.#values.has(key);
  }

  clear(): void {
    for (const value of this.#values.values()) this.drop(value);
    this.#values.clear();
    this.#last = undefined;
  }

  #dropOldest(): void {
    for (const [key, value] of this.#values) {
      this.#values.delete(key);
      this.drop(value);
      return;
    }
  }
}
