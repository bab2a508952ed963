import { Readable } from "node:stream";

/** A CSV that browsers save under a name. @param body whole, or made in pieces while it is sent @param name without quotes */
export const csvAnswer = (body: string | AsyncIterable<string>, name: string): Response =>
  new Response(typeof body === "string" ? body : bytesOf(body), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store",
    },
  });

const bytesOf = (pieces: AsyncIterable<string>): BodyInit =>
  Readable.toWeb(Readable.from(pieces, { objectMode: false })) as BodyInit;
