import type { IngestAnswer } from "#server/contracts/api/ingest.ts";
import { streamPath } from "#server/contracts/streams.ts";
import { CLOCK_HEADER } from "#server/ingest/clock-header.ts";
import { LINES_HEADER, MOST_LINES } from "#server/ingest/lines-header.ts";
import { AppError, TooBusy, Unavailable } from "#server/lib/errors.ts";
import { typeOf } from "#server/reader/media-type.ts";
import type { ReplayTarget } from "./replay-target.ts";

/** Sends pieces of a file to a server's ingest endpoint. */
export function senderTo(url: string, secret: string): ReplayTarget["send"] {
  return async (stream, { format, bytes, linesBefore }, clock) => {
    const response = await fetch(`${url}/ingest/${streamPath(stream)}`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${secret}`,
        "content-type": typeOf(format),
        [LINES_HEADER]: String(Math.min(linesBefore, MOST_LINES)),
        ...(clock.kind === "event" ? { [CLOCK_HEADER]: `event; from=${clock.from}` } : {}),
      },
      body: new Uint8Array(bytes),
    }).catch(() => {
      throw new Unavailable(`The server at ${url} does not answer.`);
    });
    if (response.status === 429) throw new TooBusy("the server is busy");
    if (response.status === 503) throw new Unavailable("the server is not ready");
    if (!response.ok) throw new AppError("replay_refused", response.status, await detailOf(response));
    return (await response.json()) as IngestAnswer;
  };
}

/** What a problem document says; the whole answer, where it is none. */
async function detailOf(response: Response): Promise<string> {
  const text = await response.text();
  try {
    return String((JSON.parse(text) as { detail?: string }).detail ?? text);
  } catch {
    return text;
  }
}
