import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { LAYERS, OTHERS, roomsTable } from "../rooms.mjs";

test("the table of rooms in docs/architecture.md is the one that lint rules are made of (npm run docs writes it)", () => {
  expect(readFileSync("docs/architecture.md", "utf8")).toContain(roomsTable());
});

test("every room is named once", () => {
  const paths = [...LAYERS.flat(), ...OTHERS].map(({ path }) => path);
  expect(new Set(paths).size).toBe(paths.length);
});
