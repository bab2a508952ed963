import { beforeEach, expect, test } from "vitest";
import { SignInBackOff } from "./sign-in-back-off.ts";

let now = 0;
let backOff: SignInBackOff;

beforeEach(() => {
  now = 1_000_000;
  backOff = new SignInBackOff(() => now);
});

const fail = (name: string, times: number) => Array.from({ length: times }, () => backOff.begin(name));

test("five tries are free, then each waits twice as long as the one before, up to a minute", () => {
  expect(fail("lin", 5)).toEqual([0, 0, 0, 0, 0]);
  const waits = Array.from({ length: 9 }, () => {
    const wait = backOff.begin("lin");
    now += wait;
    expect(backOff.begin("lin")).toBe(0);
    return wait / 1_000;
  });
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
});

test("a try that has to wait is not counted: who asks too early does not wait longer for it", () => {
  fail("lin", 5);
  fail("lin", 50);
  now += 1_000;
  expect(backOff.begin("lin")).toBe(0);
});

test("names are those that people type: case and blanks make no other account", () => {
  fail("lin@example.test", 5);
  expect(backOff.begin(" Lin@Example.test ")).toBeGreaterThan(0);
  expect(backOff.begin("chen@example.test")).toBe(0);
});

test("who got in, or has not tried for a quarter of an hour, begins anew", () => {
  fail("lin", 5);
  backOff.succeeded("Lin");
  expect(fail("lin", 5)).toEqual([0, 0, 0, 0, 0]);
  now += 15 * 60_000;
  expect(fail("lin", 5)).toEqual([0, 0, 0, 0, 0]);
});

test("memory is bounded: the names that were tried last are kept", () => {
  fail("first", 5);
  for (let n = 0; n < 10_000; n++) backOff.begin(`made up ${n}`);
  expect(backOff.begin("first")).toBe(0);
  fail("last", 5);
  expect(backOff.begin("last")).toBeGreaterThan(0);
});
