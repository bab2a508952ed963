import type { BodyFormat } from "../contracts/batch.ts";
import { emptyBody, requireContent, withoutBom } from "./content.ts";
import { noRows } from "./csv.ts";
import { CsvCutter } from "./cut-csv.ts";
import { cutElements } from "./cut-elements.ts";
import { NdjsonCutter } from "./cut-ndjson.ts";
import type { CutOrNot, Cutter, Piece } from "./cutter.ts";
import { LIMITS } from "./limits.ts";
import { LineEnds } from "./line-end.ts";
import { trim } from "./records.ts";

/** Keeps a piece well below what a body may hold, bytes. */
const MAX_PIECE = 8_000_000;
/** The same for lines, blank ones among them. */
const MAX_LINES = LIMITS.lines / 4;
/** As many bytes have to stand behind a beginning, or all that there are, to see what the file begins with. */
const FIRST_SIGHT = 4 * LIMITS.lineBytes;

/**
 * Cuts a file into bodies that, one after the other, give the same events and the same rejects as the whole file in one body
 * would (rule C13). Never more than a piece and a few rows are in memory, but for a JSON array, which is read whole.
 * @param size records of the next piece
 * @throws {InvalidInput} nothing in the file can be read
 * @throws {TooLarge} an array larger than a body may be
 */
export async function* cutPieces(
  source: AsyncIterable<Buffer>,
  format: BodyFormat,
  size: () => number,
): AsyncGenerator<Piece> {
  if (format === "json") yield* cutElements(source, size, MAX_PIECE);
  else yield* new PieceMaker(source[Symbol.asyncIterator](), format, size).pieces();
}

class PieceMaker {
  readonly #source: AsyncIterator<Buffer>;
  readonly #format: "ndjson" | "csv";
  readonly #size: () => number;
  #window: Buffer = Buffer.alloc(0);
  #isLast = false;
  /** The piece that grows, without its head. */
  #parts: Buffer[] = [];
  #length = 0;
  #records = 0;
  #lines = 0;
  #linesBefore = 0;

  constructor(source: AsyncIterator<Buffer>, format: "ndjson" | "csv", size: () => number) {
    this.#source = source;
    this.#format = format;
    this.#size = size;
  }

  async *pieces(): AsyncGenerator<Piece> {
    const cutter = await this.#begin();
    let wanted = this.#size();
    let count = 0;
    while (this.#window.length > 0 || (await this.#more())) {
      await this.#take(cutter, wanted);
      if (this.#records < wanted && this.#hasRoom(0)) continue;
      if (this.#records > 0) yield this.#piece(cutter);
      count += this.#records;
      this.#startAnew();
      wanted = this.#size();
    }
    if (this.#records > 0) yield this.#piece(cutter);
    else if (count === 0) throw this.#format === "csv" ? noRows() : emptyBody();
  }

  async #begin(): Promise<Cutter> {
    while (this.#window.length < FIRST_SIGHT && (await this.#more()));
    this.#window = withoutBom(this.#window);
    if (this.#format === "ndjson") return new NdjsonCutter();
    const cutter = new CsvCutter(requireContent(this.#window));
    this.#window = this.#window.subarray(cutter.skipped);
    this.#linesBefore = cutter.linesSkipped;
    return cutter;
  }

  /** @returns false at the end of the file */
  async #more(): Promise<boolean> {
    if (this.#isLast) return false;
    const { value, done } = await this.#source.next();
    this.#isLast = done === true;
    if (!done) this.#window = this.#window.length === 0 ? value : Buffer.concat([this.#window, value]);
    return !this.#isLast;
  }

  /** Moves records from the window to the piece: as many as it wants, or as the window holds. */
  async #take(cutter: Cutter, wanted: number): Promise<void> {
    let at = 0;
    let cut: CutOrNot = "more";
    while (this.#records < wanted && this.#hasRoom(at) && at < this.#window.length) {
      cut = cutter.cut(this.#window, at, this.#isLast);
      if (cut === "more" || cut === "endless") break;
      at = cut.next;
      this.#lines += cut.lines;
      if (cut.isRecord) this.#records += 1;
    }
    this.#keep(this.#window.subarray(0, at));
    this.#window = this.#window.subarray(at);
    if (cut === "endless") await this.#takeEndless();
    else if (cut === "more") await this.#more();
  }

  #hasRoom(more: number): boolean {
    return this.#length + more < MAX_PIECE && this.#lines < MAX_LINES;
  }

  #keep(bytes: Buffer): void {
    if (bytes.length === 0) return;
    this.#parts.push(bytes);
    this.#length += bytes.length;
  }

  /** A line without an end in sight is refused as too long: as much of it is kept as tells so. Its end stays in the window. */
  async #takeEndless(): Promise<void> {
    const kept = Buffer.from(this.#window.subarray(0, LIMITS.lineBytes + 1));
    let hasText = this.#format === "csv";
    for (;;) {
      const end = new LineEnds(this.#window).next(0);
      hasText ||= hasTextIn(this.#window, end);
      this.#window = this.#window.subarray(end);
      if (this.#window.length > 0 || !(await this.#more())) break;
    }
    if (!hasText) return;
    // Blanks may be all that is kept, and a blank line would be nothing.
    kept[kept.length - 1] = TEXT;
    this.#keep(kept);
    this.#records += 1;
  }

  #piece({ head, headLines }: Cutter): Piece {
    const bytes = Buffer.concat([head, ...this.#parts]);
    return { format: this.#format, bytes, linesBefore: this.#linesBefore - headLines };
  }

  #startAnew(): void {
    this.#linesBefore += this.#lines;
    [this.#parts, this.#length, this.#records, this.#lines] = [[], 0, 0, 0];
  }
}

const TEXT = 0x78;

function hasTextIn(bytes: Buffer, end: number): boolean {
  const text = trim(bytes, 0, end);
  return text.start < text.end;
}
