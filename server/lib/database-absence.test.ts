import { expect, test } from "vitest";
import { isDatabaseAbsence } from "./database-absence.ts";

const error = (fields: object, message = "it failed") => Object.assign(new Error(message), fields);
/** As the adapter hands on what the database said. */
const adapterError = (originalCode: string) => ({
  name: "DriverAdapterError",
  cause: { originalCode, originalMessage: "terminating connection", kind: "postgres", code: originalCode },
});

test.each([
  ["nobody listens", error({ code: "ECONNREFUSED" })],
  ["PostgreSQL is stopped while it answers", error({ code: "57P01" })],
  ["any connection exception", error({ code: "08006" })],
  ["what pg says without a code", error({}, "Connection terminated unexpectedly")],
  ["Prisma's own code", error({ code: "P1001" })],
  [
    "a raw query through Prisma",
    error({ code: "P2010", meta: { driverAdapterError: adapterError("57P01") } }),
  ],
  ["any query through Prisma", error({ cause: adapterError("57P02") })],
  [
    "deeper down",
    error({ cause: error({ code: "P2010", meta: { driverAdapterError: adapterError("57P03") } }) }),
  ],
])("away: %s", (_, thrown) => {
  expect(isDatabaseAbsence(thrown)).toBe(true);
});

const endless: Error & { cause?: unknown } = new Error("it caused itself");
endless.cause = endless;

test.each([
  ["a value out of range", error({ code: "22003" })],
  ["the same through Prisma", error({ code: "P2010", meta: { driverAdapterError: adapterError("22021") } })],
  ["a fault of ours", new TypeError("undefined is not a function")],
  ["one that caused itself", endless],
  ["nothing", null],
  ["a text", "ECONNREFUSED"],
])("not away: %s", (_, thrown) => {
  expect(isDatabaseAbsence(thrown)).toBe(false);
});
