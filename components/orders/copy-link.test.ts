import { expect, test } from "vitest";
import { readAddress } from "./address.ts";
import { linkTo } from "./copy-link.tsx";

test("a link copied today shows the same day tomorrow, beside the same days", () => {
  const facts = { today: "2026-11-22", firstDay: null, remembered: "average" } as const;
  const asked = { date: null, with: null, hour: null, revision: null };
  const link = linkTo(readAddress(asked, facts), { href: "https://tide.example/orders?view=table" });
  expect(link).toBe("https://tide.example/orders?view=table&date=2026-11-22&with=average");
  const { searchParams } = new URL(link);
  const later = { ...asked, date: searchParams.get("date"), with: searchParams.get("with") };
  const tomorrow = { ...facts, today: "2026-11-23", remembered: "yesterday" } as const;
  expect(readAddress(later, tomorrow)).toMatchObject({ date: "2026-11-22", compared: "average", mended: [] });
});
