import type { Route } from "../define-route.ts";
import { openApiDocument } from "./document.ts";
import { docsPage } from "./page.ts";

const NO_STORE = { "cache-control": "no-store" };
const OPEN = { tag: "System", method: "GET", right: "open" } as const;

/** The document of the API, for programs and for people: it describes the contract and holds no data. */
export const documentRoutes = (routes: () => readonly Route[]): readonly Route[] => [
  {
    ...OPEN,
    path: "/api/openapi.json",
    summary: "This document",
    answer: { type: "application/json" },
    respond: async () => Response.json(openApiDocument(routes()), { headers: NO_STORE }),
  },
  {
    ...OPEN,
    path: "/api/docs",
    summary: "This document as a page",
    answer: { type: "text/html" },
    respond: async () =>
      new Response(docsPage(routes()), {
        headers: { ...NO_STORE, "content-type": "text/html; charset=utf-8" },
      }),
  },
];
