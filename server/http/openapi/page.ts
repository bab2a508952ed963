import { type Operation, TAGS } from "../operation.ts";
import { documented, openApiDocument } from "./document.ts";

type Json = Readonly<Record<string, unknown>>;
interface Described {
  readonly parameters: readonly Json[];
  readonly requestBody?: Json;
  readonly responses: Json;
}

const STYLE = `:root{color-scheme:light dark;font:15px/1.5 "Inter Variable",Inter,system-ui,"Noto Sans CJK SC",sans-serif}
body{max-width:64rem;margin:0 auto;padding:32px 24px}
h1,h2{font-weight:600;line-height:1.2}h2{margin-top:40px}
details{border-top:1px solid;border-color:color-mix(in srgb,currentColor 18%,transparent)}
summary{display:flex;flex-wrap:wrap;gap:4px 16px;padding:12px 0;cursor:pointer;min-height:20px}
summary b{width:4rem}summary span{opacity:.75}
code,pre{font:13px/1.5 ui-monospace,monospace;overflow-wrap:anywhere}
pre{overflow:auto;padding:16px;background:color-mix(in srgb,currentColor 6%,transparent)}
table{border-collapse:collapse}td,th{padding:4px 24px 4px 0;text-align:left;vertical-align:top}
:focus-visible{outline:2px solid;outline-offset:2px}`;

/** /api/docs: the OpenAPI document for people, without a script. */
export function docsPage(routes: readonly Operation[]): string {
  const { paths, components } = openApiDocument(routes) as {
    paths: Record<string, Record<string, Described>>;
    components: { schemas: Json };
  };
  const sections = TAGS.map((tag) => {
    const items = documented(routes)
      .filter((operation) => operation.tag === tag)
      .map((operation) => {
        const described = paths[operation.path]?.[operation.method.toLowerCase()];
        return described
          ? section(operation.method, operation.path, operation.summary, operation.right, described)
          : "";
      });
    return `<h2>${tag}</h2>${items.join("")}`;
  });
  const schemas = Object.entries(components.schemas).map(
    ([name, schema]) =>
      `<details id="${name}"><summary><code>${name}</code></summary>${json(schema)}</details>`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Tidewatch API</title><link rel="icon" href="/icon.svg"><style>${STYLE}</style></head><body><main><h1>Tidewatch API</h1>
<p>JSON; money as decimal text with two digits, 64-bit ids as text, times in ISO 8601 with offset. Errors are problem
documents (RFC 9457). Machines send <code>Authorization: Bearer KEY</code>; people sign in. Generated from the schemas that
the server validates with: <a href="/api/openapi.json">openapi.json</a>.</p>
${sections.join("\n")}<h2>Schemas</h2>${schemas.join("\n")}</main></body></html>`;
}

function section(
  method: string,
  path: string,
  summary: string,
  right: Operation["right"],
  described: Described,
): string {
  const asks = right === "open" ? "is open to everybody" : `asks for the right <code>${right}</code>`;
  return `<details><summary><b>${method}</b><code>${escaped(path)}</code><span>${escaped(summary)}</span></summary>
<p>This request ${asks}.</p>${parameterTable(described.parameters)}${bodyOf(described)}<p>Answer</p>${json(described.responses)}</details>`;
}

function parameterTable(parameters: readonly Json[]): string {
  if (parameters.length === 0) return "";
  const rows = parameters.map(
    ({ name, in: place, required, schema }) =>
      `<tr><td><code>${escaped(String(name))}</code></td><td>${place}${required ? ", required" : ""}</td><td><code>${escaped(JSON.stringify(schema))}</code></td></tr>`,
  );
  return `<table><thead><tr><th>parameter</th><th>where</th><th>schema</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

const bodyOf = ({ requestBody }: Described): string => (requestBody ? `<p>Body</p>${json(requestBody)}` : "");

/** References lead to the schema's place on the page. */
function json(value: unknown): string {
  const text = escaped(JSON.stringify(value, null, 2));
  return `<pre>${text.replace(/#\/components\/schemas\/(\w+)/g, '<a href="#$1">$1</a>')}</pre>`;
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
