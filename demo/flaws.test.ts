import { describe, expect, test } from "vitest";
import { REJECT_CODES } from "../server/contracts/events.ts";
import { STREAM_NAMES } from "../server/contracts/streams.ts";
import { parseBatch } from "../server/ingest/parse-batch.ts";
import type { SourceEvent } from "./delivery.ts";
import { anyFlaw, spoiltLine } from "./flaws.ts";
import { Random } from "./random.ts";

const NOW = Date.UTC(2026, 10, 22, 6);

const EVENTS: Readonly<Record<SourceEvent["stream"], SourceEvent>> = {
  orders: {
    stream: "orders",
    time: NOW,
    columns: { id: 7, order_no: "A1", customer_name: "王伟", account_payble: "100.00", gmt_modified: NOW },
  },
  premium_changes: {
    stream: "premium_changes",
    time: NOW,
    columns: { id: 7, open_id: "o7", now_premium: "100.00", now_info: "终身寿险 B", gmt_modified: NOW },
  },
  page_views: {
    stream: "page_views",
    time: NOW,
    columns: { log_time: NOW, account_id: "7", bury_point_type: "home", page_name: "首页" },
  },
};

describe("spoilt lines", () => {
  const clock = { kind: "wall", now: NOW, skewMs: 300_000 } as const;

  test.each(STREAM_NAMES)(
    "are refused by ingest with the very code that they were spoilt for: %s",
    async (stream) => {
      const random = new Random("flaws", stream);
      const codes = new Set(Array.from({ length: 300 }, () => anyFlaw(random, stream)));
      for (const code of codes) {
        const line = spoiltLine(EVENTS[stream], code);
        const body = Buffer.from(line, code === "bad_utf8" ? "latin1" : "utf8");
        const { rejects } = await parseBatch(stream, "ndjson", body, clock);
        expect(rejects.map((reject) => reject.code)).toEqual([code]);
      }
    },
  );

  test("come in every way that there is", () => {
    const random = new Random("flaws");
    const codes = new Set(Array.from({ length: 500 }, () => anyFlaw(random, "orders")));
    expect(codes).toEqual(new Set(REJECT_CODES));
  });
});
