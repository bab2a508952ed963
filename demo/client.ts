import type { z } from "zod";
import { type StreamName, streamPath } from "../server/contracts/streams.ts";
import { persist, Refused } from "./back-off.ts";
import type { Delivery } from "./delivery.ts";
import type { Say } from "./settings.ts";

const REQUEST_TIMEOUT_MS = 60_000;

export interface ClientOptions {
  readonly baseUrl: string;
  /** Sent with every request: a bearer token or a session cookie. */
  readonly credentials: Readonly<Record<string, string>>;
  readonly say: Say;
  readonly signal: AbortSignal;
}

/** Tidewatch as any client sees it: over HTTP, with a key, trying again while the server is away. */
export class Client {
  readonly #options: ClientOptions;

  constructor(options: ClientOptions) {
    this.#options = options;
  }

  /**
   * Sends lines of one stream; resolves after their commit.
   * @param clock from the wall, or ms: the moment at which a replay takes them to be accepted (rule C3)
   */
  async ingest(stream: StreamName, lines: readonly Delivery[], clock: "wall" | number): Promise<void> {
    const headers: Record<string, string> = { "content-type": "application/x-ndjson" };
    if (clock !== "wall") headers["tidewatch-clock"] = `event; from=${clock}`;
    const body = Buffer.concat(lines.map(encodeLine));
    await this.request(`/ingest/${streamPath(stream)}`, { method: "POST", headers, body });
  }

  async get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    const response = await this.request(path, {});
    return schema.parse(await response.json());
  }

  /** @throws {Refused} on an answer that another try will not change */
  request(path: string, init: RequestInit): Promise<Response> {
    const { say, signal } = this.#options;
    return persist(() => this.#once(path, init), say, signal);
  }

  async #once(path: string, init: RequestInit): Promise<Response> {
    const { baseUrl, credentials, signal } = this.#options;
    const response = await fetch(new URL(path, baseUrl), {
      ...init,
      headers: { ...credentials, ...Object.fromEntries(new Headers(init.headers)) },
      signal: AbortSignal.any([signal, AbortSignal.timeout(REQUEST_TIMEOUT_MS)]),
    });
    if (response.ok) return response;
    const text = `${init.method ?? "GET"} ${path}: ${response.status} ${(await response.text()).slice(0, 300)}`;
    if (response.status >= 500 || response.status === 429) throw new Error(text);
    throw new Refused(text);
  }
}

function encodeLine({ line, flaw }: Delivery): Buffer {
  return Buffer.from(`${line}\n`, flaw === "bad_utf8" ? "latin1" : "utf8");
}
