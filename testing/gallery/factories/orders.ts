import type { Address } from "#components/orders/address.ts";
import { type HourRow, prepareHours } from "#components/orders/prepare-hours.ts";
import type { Board } from "#components/orders/use-board.ts";
import type { BoardChoice } from "#components/orders/use-board-choice.ts";
import type { BusinessClock } from "#components/orders/use-business-clock.ts";
import type { ComparedWords } from "#components/orders/use-compared-words.ts";
import type { DayRevisions, LateEffect } from "#server/contracts/api/days.ts";
import type {
  ComparedHour,
  Comparison,
  HourChanges,
  HourFigures,
  Hourly,
  Move,
  Moves,
  Replaced,
  Winners,
} from "#server/contracts/api/orders.ts";
import { sumShown } from "#server/contracts/hour-measures.ts";

export const TODAY = "2026-11-22";
const OPEN_HOUR = 14;
const snapshot = { epoch: "1", position: 7 };
const AT = `${TODAY}T06:23:00.000Z`;

export const aClock = (): BusinessClock => ({
  today: TODAY,
  openHour: "2026112214",
  minuteOfDay: OPEN_HOUR * 60 + 23,
  minuteOfHour: 23,
});

export function anHour(hour: number, given: Partial<HourFigures> = {}): HourFigures {
  const policies = 20 + ((hour * 7) % 30);
  return {
    bizHour: `20261122${String(hour).padStart(2, "0")}`,
    totalPremium: `${policies * 130}.50`,
    grossPremium: `${policies * 142}.00`,
    policyCount: policies,
    policyHolderCount: policies - 2,
    grossOrderCount: policies + 3,
    partial: hour === OPEN_HOUR,
    revisedByLate: hour === 9,
    ...given,
  };
}

/** The hours of a day up to the one that runs; 4 o'clock is a gap. */
export const hoursOf = (to = OPEN_HOUR): HourFigures[] =>
  Array.from({ length: to + 1 }, (_, hour) => anHour(hour)).filter((hour) => !hour.bizHour.endsWith("04"));

/** The same hours on another day. */
const comparedOf = (to: number): ComparedHour[] =>
  hoursOf(to).map(({ bizHour, partial: _, revisedByLate: __, ...figures }) => ({
    ...figures,
    clock: bizHour.slice(8),
  }));

export const rowsOf = (hours = hoursOf(), compared: Comparison | undefined = aComparison()): HourRow[] =>
  prepareHours(TODAY, hours, compared, aClock().openHour);

export const aDay = (given: Partial<Hourly> = {}): Hourly => ({
  date: TODAY,
  zone: "Asia/Shanghai",
  revision: 0,
  closed: false,
  completeTo: AT,
  hours: hoursOf(),
  snapshot,
  ...given,
});

export const aComparison = (given: Partial<Comparison> = {}): Comparison => ({
  date: TODAY,
  with: "yesterday",
  minute: 863,
  days: ["2026-11-21"],
  totals: sumShown(comparedOf(13)),
  hoursThen: comparedOf(13),
  hours: comparedOf(23),
  wholeTotals: sumShown(comparedOf(23)),
  ...given,
});

export const anAddress = (given: Partial<Address> = {}): Address => ({
  date: TODAY,
  compared: "yesterday",
  hour: null,
  revision: null,
  mended: [],
  ...given,
});

export const someWords = (): ComparedWords => ({
  name: "yesterday",
  until: "yesterday to 14:23",
  isRead: true,
});

export const aBoard = (given: Partial<Board> = {}): Board => ({
  hourly: aDay(),
  compared: aComparison(),
  rows: rowsOf(),
  failed: null,
  ...given,
});

export const aChoice = (given: Partial<BoardChoice> = {}): BoardChoice => ({
  date: null,
  with: null,
  show: "both",
  view: "chart",
  hour: null,
  replaced: false,
  closed: false,
  revision: null,
  choose: async () => new URLSearchParams(),
  ...given,
});

const aMove = (key: string, kind: Move["kind"], before: Move["before"] = null): Move => ({
  key,
  kind,
  at: AT,
  userId: "100200300",
  orderNo: "ZA20261122000017",
  bizHour: "2026112214",
  payable: kind === "late" ? null : "120.00",
  before,
});

export const someMoves = (): Moves => ({
  items: [
    aMove("4", "new"),
    aMove("3", "moved", { orderNo: "ZA20261122000003", bizHour: "2026112210", payable: "80.00" }),
    aMove("2", "amended", { orderNo: "ZA20261122000009", bizHour: "2026112214", payable: "90.00" }),
    aMove("1", "late"),
  ],
  perSecond: 2.4,
  snapshot,
});

export const someWinners = (): Winners => ({
  items: ["张*", "Wang*", null].map((customerName, index) => ({
    userId: String(100_200 + index),
    orderNo: `ZA2026112200001${index}`,
    orderType: index === 2 ? null : "1",
    payable: "120.00",
    at: AT,
    customerName,
    customerTel: customerName && "138****1234",
    certificateNo: customerName && "3101**********1234",
  })),
  nextCursor: null,
});

export const someChanges = (given: Partial<HourChanges> = {}): HourChanges => ({
  bizHour: "2026112208",
  isOver: true,
  since: `${TODAY}T01:00:00.000Z`,
  before: "78926.50",
  now: "78286.50",
  counts: { left: 1, amended: 1, joined: 0 },
  isCut: false,
  items: [
    {
      kind: "left",
      userId: "100204471",
      orderNo: "ZA20261122000020",
      payable: "560.00",
      at: AT,
      other: { orderNo: "ZA20261122000021", bizHour: "2026112210", payable: "480.00", at: AT },
      seq: "2",
      amount: "-560.00",
      acceptedAt: AT,
    },
    {
      kind: "amended",
      userId: "100207716",
      orderNo: "ZA20261122007731",
      payable: "420.00",
      at: AT,
      other: { orderNo: "ZA20261122007731", bizHour: "2026112208", payable: "500.00", at: AT },
      seq: "1",
      amount: "-80.00",
      acceptedAt: null,
    },
  ],
  ...given,
});

export const someReplaced = (): Replaced => ({
  items: [
    {
      orderNo: "ZA20261122000003",
      userId: "100200300",
      bizHour: "2026112210",
      payable: "80.00",
      at: AT,
      countedIn: "gross",
      replacedBy: {
        orderNo: "ZA20261122000017",
        userId: "100200300",
        bizHour: "2026112214",
        payable: "120.00",
        at: AT,
      },
    },
  ],
  nextCursor: null,
  inGrossOnly: { count: 1, premium: "80.00" },
  inLastOnly: { count: 0, premium: "0.00" },
});

export const someRevisions = (given: Partial<DayRevisions> = {}): DayRevisions => ({
  date: "2026-11-21",
  revision: 2,
  items: [
    {
      revision: 2,
      at: AT,
      actor: "Lin Wei",
      reason: "A partner sent its morning late",
      lateEvents: 3,
      totalPremium: "91250.00",
      grossPremium: "99000.00",
    },
    {
      revision: 1,
      at: AT,
      actor: null,
      reason: null,
      lateEvents: 0,
      totalPremium: "90980.00",
      grossPremium: "98700.00",
    },
  ],
  lateEvents: 2,
  ...given,
});

export function aLateEffect(): LateEffect {
  const { bizHour, partial: _, revisedByLate: __, ...before } = anHour(9);
  const after = { ...before, totalPremium: "9999.00", policyCount: before.policyCount + 1 };
  return { date: "2026-11-21", revision: 2, lateEvents: 2, hours: [{ bizHour, before, after }] };
}
