import { formatFen } from "#server/contracts/money.ts";
import { fenOfCell, rowCodec, textCell } from "../log/row-codec.ts";

/** Premium changes in the log. */
export const PREMIUM_CHANGE_CODEC = rowCodec<"premium_changes">(
  (event) => [
    event.userId,
    formatFen(event.nowPremium),
    event.gmtModified,
    event.openId,
    event.nowInfo,
    event.channel,
    event.event,
    event.creator,
    event.modifier,
  ],
  (row) => ({
    userId: String(row[0]),
    nowPremium: fenOfCell(row[1]) ?? 0n,
    gmtModified: Number(row[2]),
    openId: textCell(row[3]),
    nowInfo: textCell(row[4]),
    channel: textCell(row[5]),
    event: textCell(row[6]),
    creator: textCell(row[7]),
    modifier: textCell(row[8]),
  }),
);
