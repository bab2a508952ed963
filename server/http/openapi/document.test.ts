import { globSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { ACTIONS } from "#server/access/can.ts";
import { openApiDocument } from "./document.ts";
import { OPERATIONS } from "./operations.ts";
import { docsPage } from "./page.ts";

const problemFields = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.looseObject({ operationId: z.string() }))),
  components: z.looseObject({ schemas: z.record(z.string(), z.looseObject({})) }),
});

/** "get /api/v1/… right [ifMatch]" of every handler under app/api/v1, read from its source. */
function declaredRoutes(): string[] {
  return globSync("app/api/v1/**/route.ts").flatMap((file) => {
    const path = `/${dirname(file)
      .replaceAll("\\", "/")
      .replace(/^app\//, "")}`.replace(/\[(\w+)\]/g, "{$1}");
    const [, ...handlers] = readFileSync(file, "utf8").split(/^export const (?=[A-Z]+ = handle\()/m);
    return handlers.map((source) => {
      const method = source.slice(0, source.indexOf(" ")).toLowerCase();
      const action = /action: "([\w.-]+)"/.exec(source)?.[1];
      return `${method} ${path} ${action}${/ifMatch: true/.test(source) ? " ifMatch" : ""}`;
    });
  });
}

test("the document tells of every route under /api/v1, with its right, and of no other", () => {
  const told = OPERATIONS.filter(({ path }) => path.startsWith("/api/v1/")).map(
    ({ method, path, action, ifMatch }) => `${method} ${path} ${action}${ifMatch ? " ifMatch" : ""}`,
  );
  expect(told.toSorted()).toEqual(declaredRoutes().toSorted());
});

test("rights are those of the one table", () => {
  for (const { action } of OPERATIONS) {
    if (action !== null) expect(ACTIONS).toContain(action);
  }
});

test("every reference leads somewhere and every operation has a name of its own", () => {
  const document = problemFields.parse(openApiDocument());
  const text = JSON.stringify(document);
  for (const [, name] of text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)) {
    expect(document.components.schemas).toHaveProperty(name ?? "");
  }
  expect(text.match(/"\$ref":"(?!#\/components\/schemas\/)/g)).toBeNull();
  const ids = Object.values(document.paths).flatMap((path) =>
    Object.values(path).map((item) => item.operationId),
  );
  expect(new Set(ids).size).toBe(OPERATIONS.length);
});

test("items are referred to, not repeated", () => {
  const { components } = problemFields.parse(openApiDocument());
  expect(components.schemas.Hourly).toMatchObject({
    properties: { hours: { items: { $ref: "#/components/schemas/HourFigures" } } },
  });
});

test("the page shows every operation and needs no script", () => {
  const page = docsPage();
  for (const { path } of OPERATIONS) expect(page).toContain(`<code>${path}</code>`);
  expect(page).not.toContain("<script");
  expect(page).not.toMatch(/https?:\/\//);
});
