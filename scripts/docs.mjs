// Writes what docs hold of tables in the code. Tests compare the pages with the same tables.
import { readFileSync, writeFileSync } from "node:fs";
import { roomsTable } from "../rooms.mjs";
import { describeVariables } from "../server/config/describe-variables.ts";
import { CHANNELS } from "../server/notifications/channels.ts";

/** Replaces what stands between a page's marks. */
function write(page, mark, text) {
  const [begin, end] = [`<!-- ${mark} -->\n`, `<!-- /${mark} -->`];
  const whole = readFileSync(page, "utf8");
  const [from, to] = [whole.indexOf(begin), whole.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${page} has no marks ${begin.trim()} and ${end}`);
  writeFileSync(page, `${whole.slice(0, from + begin.length)}${text}${whole.slice(to)}`);
}

write("docs/architecture.md", "rooms", roomsTable());
writeFileSync("docs/configuration.md", describeVariables(CHANNELS));
