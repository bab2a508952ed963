/**
 * A process of its own that restores by force, to be killed: `node restore-process.ts DATABASE FILE BYTES`. Once the file has been found
 * whole it gives only so many bytes, tells that it stands still, and waits.
 */
import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { restore } from "#server/db/backup/restore.ts";
import { TEST_BACKUP_KEY } from "../harness/writer-harness.ts";

const [databaseUrl = "", file = "", bytes = ""] = process.argv.slice(2);

async function* firstBytes(): AsyncGenerator<Buffer> {
  if (Number(bytes) > 0) yield* createReadStream(file, { end: Number(bytes) - 1 });
  process.send?.("stands still");
  await new Promise(() => undefined);
}

const openings = [() => createReadStream(file), () => Readable.from(firstBytes())];
await restore(databaseUrl, () => openings.shift()?.() ?? Readable.from([]), {
  force: true,
  keys: [TEST_BACKUP_KEY],
});
