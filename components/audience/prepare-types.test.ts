import { expect, test } from "vitest";
import { prepareTypes, typeKey } from "./prepare-types.ts";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 6, minute)).toISOString();
const home = (accounts: number) => ({ pageType: "home", accounts });
const claim = (accounts: number) => ({ pageType: "claim", accounts });

test("the longest bar is whole, and a type's movement is told against the oldest minute", () => {
  const movement = [
    { at: at(0), byType: [home(5), claim(8)] },
    { at: at(1), byType: [home(9)] },
  ];
  expect(prepareTypes({ byType: [home(10), claim(5)], movement }, [])).toEqual([
    { pageType: "home", accounts: 10, share: 1, series: [5, 9, 10], change: 5 },
    { pageType: "claim", accounts: 5, share: 0.5, series: [8, 0, 5], change: -3 },
  ]);
});

test("what was shown keeps its place, newcomers come behind", () => {
  const byType = [{ pageType: "quote", accounts: 99 }, home(10), claim(50)];
  const order = prepareTypes({ byType, movement: [] }, [typeKey("home"), typeKey("claim")]);
  expect(order.map((bar) => bar.pageType)).toEqual(["home", "claim", "quote"]);
});

test("a type left by everybody stays with nobody on it; no type is a type of its own", () => {
  const movement = [{ at: at(0), byType: [claim(3)] }];
  const bars = prepareTypes({ byType: [{ pageType: null, accounts: 1 }], movement }, []);
  expect(bars).toEqual([
    { pageType: null, accounts: 1, share: 1, series: [0, 1], change: null },
    { pageType: "claim", accounts: 0, share: 0, series: [3, 0], change: null },
  ]);
});
