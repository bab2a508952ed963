import { z } from "zod";

const fitsInt64 = (text: string) => text.length < 19 || BigInt.asIntN(64, BigInt(text)) === BigInt(text);
/** A 64-bit id on the wire. */
export const id = z
  .string()
  .regex(/^-?\d{1,19}$/, { abort: true })
  .refine(fitsInt64, "must be a 64-bit integer");
/** Exact money on the wire: decimal text with two digits. */
export const money = z.string().regex(/^-?\d+\.\d{2}$/);
/** A point in time on the wire: ISO 8601 with offset. */
export const instant = z.iso.datetime({ offset: true });
/** A business date, yyyy-mm-dd; calendar arithmetic on these years stays within four digits. */
export const businessDate = z.iso
  .date()
  .refine((date) => date >= "1970" && date < "9999", "must lie between 1970 and 9998");
/** A business hour, yyyyMMddHH in the business zone. */
export const bizHour = z.string().regex(/^\d{10}$/);

/** Position of an answer in the commit order: live patches beyond `position` carry it forward. */
export const snapshotPosition = z.object({ epoch: z.string(), position: z.number().int() });
export type SnapshotPosition = z.infer<typeof snapshotPosition>;

export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

export const listQuery = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  cursor: z.string().max(500).optional(),
});

/** RFC 9457 problem document; further members depend on `code`. */
export const problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: z.string(),
});
export type Problem = z.infer<typeof problem>;
