import type pg from "pg";
import type { SourceOrder } from "./orders.ts";

const COLUMNS = `id bigint, order_no text, order_type text, pay_time bigint, order_price numeric, customer_name text,
  customer_tel text, certificate_no text, gmt_created bigint, gmt_modified bigint, account_payble numeric`;

/** The connection as COPY needs it; pg has these methods and does not declare them. */
interface CopyConnection {
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

/** COPY … FROM STDIN in pg's own protocol of queries: it is driven by these callbacks. */
class CopyIn {
  readonly done: Promise<void>;
  readonly #text: string;
  readonly #data: Buffer;
  #settle: (error?: Error) => void = () => undefined;

  constructor(text: string, data: Buffer) {
    this.#text = text;
    this.#data = data;
    this.done = new Promise((resolve, reject) => {
      this.#settle = (error) => (error ? reject(error) : resolve());
    });
  }

  submit(connection: CopyConnection): void {
    connection.query(this.#text);
  }

  handleCopyInResponse(connection: CopyConnection): void {
    connection.sendCopyFromChunk(this.#data);
    connection.endCopyFrom();
  }

  handleCommandComplete(): void {}

  handleReadyForQuery(): void {
    this.#settle();
  }

  handleError(error: Error): void {
    this.#settle(error);
  }
}

/** Copies the rows into a new bare table, committed with fsync; answers the seconds that it took. */
export async function copyRows(client: pg.Client, orders: readonly SourceOrder[]): Promise<number> {
  await client.query(`DROP TABLE IF EXISTS bench_copy; CREATE TABLE bench_copy (${COLUMNS})`);
  const data = Buffer.from(orders.map((order) => `${Object.values(order).join("\t")}\n`).join(""));
  const started = performance.now();
  const copy = new CopyIn("COPY bench_copy FROM STDIN", data);
  client.query(copy as unknown as pg.Submittable);
  await copy.done;
  return (performance.now() - started) / 1_000;
}
