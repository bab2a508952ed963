import { expect, test } from "vitest";
import { z } from "zod";
import { ACTIONS } from "#server/access/can.ts";
import { ROUTES } from "#server/routes.ts";
import { documented, openApiDocument } from "./document.ts";
import { docsPage } from "./page.ts";

const problemFields = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.looseObject({ operationId: z.string() }))),
  components: z.looseObject({ schemas: z.record(z.string(), z.looseObject({})) }),
});

const DOCUMENT = openApiDocument(ROUTES);
const TOLD = documented(ROUTES);

test("the document tells of every route under /api/v1, with its right, and of what is answered before them", () => {
  const { paths } = problemFields.parse(DOCUMENT);
  for (const { method, path, right } of ROUTES.filter((route) => route.path.startsWith("/api/v1/"))) {
    expect(paths[path]?.[method.toLowerCase()]).toMatchObject({ "x-right": right });
  }
  expect(Object.keys(paths)).toEqual(
    expect.arrayContaining(["/ingest/orders", "/ingest/premium-changes", "/ingest/page-views", "/metrics"]),
  );
  expect(
    Object.keys(paths).filter((path) => path.startsWith("/api/") && !path.startsWith("/api/v1/")),
  ).toEqual([]);
});

test("rights are those of the one table", () => {
  for (const { right } of TOLD) expect([...ACTIONS, "open"]).toContain(right);
});

test("every reference leads somewhere and every operation has a name of its own", () => {
  const document = problemFields.parse(DOCUMENT);
  const text = JSON.stringify(document);
  for (const [, name] of text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)) {
    expect(document.components.schemas).toHaveProperty(name ?? "");
  }
  expect(text.match(/"\$ref":"(?!#\/components\/schemas\/)/g)).toBeNull();
  const ids = Object.values(document.paths).flatMap((path) =>
    Object.values(path).map((item) => item.operationId),
  );
  expect(new Set(ids).size).toBe(TOLD.length);
});

test("items are referred to, not repeated", () => {
  const { components } = problemFields.parse(DOCUMENT);
  expect(components.schemas.Hourly).toMatchObject({
    properties: { hours: { items: { $ref: "#/components/schemas/HourFigures" } } },
  });
});

test("the page shows every operation and needs no script", () => {
  const page = docsPage(ROUTES);
  for (const { path } of TOLD) expect(page).toContain(`<code>${path}</code>`);
  expect(page).not.toContain("<script");
  expect(page).not.toMatch(/https?:\/\//);
});
