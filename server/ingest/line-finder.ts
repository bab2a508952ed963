const NEWLINE = 0x0a;

/** Finds lines of a body by their number; asked in rising order it walks the body once. */
export class LineFinder {
  readonly #body: Buffer;
  #line = 1;
  #start = 0;

  constructor(body: Buffer) {
    this.#body = body;
  }

  /** Bytes of the lines `first` to `last`, 1-based, without the last line feed. */
  lines(first: number, last: number): Buffer {
    const start = this.#startOf(first);
    let end = start - 1;
    for (let line = first; line <= last; line += 1) end = this.#endFrom(end + 1);
    return this.#body.subarray(start, end);
  }

  #startOf(line: number): number {
    if (line < this.#line) [this.#line, this.#start] = [1, 0];
    for (; this.#line < line; this.#line += 1) this.#start = this.#endFrom(this.#start) + 1;
    return this.#start;
  }

  #endFrom(start: number): number {
    const end = start < this.#body.length ? this.#body.indexOf(NEWLINE, start) : -1;
    return end < 0 ? this.#body.length : end;
  }
}
