import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "vitest";

/** What documents say of the code that a change of the code would make untrue. */

const DECISIONS = "docs/decisions";
const read = (path: string): Promise<string> => readFile(path, "utf8");
const foldersOf = async (path: string): Promise<string[]> =>
  (await readdir(path, { withFileTypes: true })).filter((each) => each.isDirectory()).map(({ name }) => name);

/** `## What is kept, and why` as GitHub links to it. */
const anchorsOf = (text: string): string[] => [
  ...[...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  ),
  ...[...text.matchAll(/<a id="([^"]+)"/g)].map(([, id = ""]) => id),
];

test("architecture.md has a row for every room of the server", async () => {
  const architecture = await read("docs/architecture.md");
  const rooms = await foldersOf("server");
  const isNamed = (room: string) => new RegExp(`^\\| .*\`server/${room}/?\``, "m").test(architecture);
  expect(rooms.filter((room) => !isNamed(room))).toEqual([]);
});

test("glossary.md is in the order of the alphabet", async () => {
  const words = [...(await read("docs/glossary.md")).matchAll(/^\| \*\*(.+?)\*\*/gm)].map(([, word = ""]) =>
    word.toLowerCase(),
  );
  expect(words.length).toBeGreaterThan(50);
  expect(words).toEqual([...words].sort());
});

test("architecture.md tells what every table holds", async () => {
  const schema = await read("prisma/schema.prisma");
  const stored = (await read("docs/architecture.md")).split("## What is stored")[1] ?? "";
  const tables = [...schema.matchAll(/@@map\("(\w+)"\)/g)].map(([, table = ""]) => table);
  expect(tables.length).toBeGreaterThan(20);
  expect(tables.filter((table) => !stored.includes(`\`${table}\``))).toEqual([]);
});

test("each decision has a number of its own and its title", async () => {
  const names = await readdir(DECISIONS);
  const numbers = names.map((name) => name.slice(0, 4));
  expect(new Set(numbers).size).toBe(numbers.length);
  for (const name of names) {
    const [title = ""] = (await read(`${DECISIONS}/${name}`)).split("\n");
    expect(title, name).toMatch(new RegExp(`^# ${Number(name.slice(0, 4))}\\. \\S`));
  }
});

test("links between documents lead to a file, and to a heading that there is", async () => {
  const pages = [
    "README.md",
    ...(await readdir("docs")).filter((name) => name.endsWith(".md")).map((name) => `docs/${name}`),
    ...(await readdir(DECISIONS)).map((name) => `${DECISIONS}/${name}`),
  ];
  const broken: string[] = [];
  for (const page of pages) {
    for (const [, target = ""] of (await read(page)).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (!(await leadsSomewhere(page, target))) broken.push(`${page}: ${target}`);
    }
  }
  expect(broken).toEqual([]);
});

async function leadsSomewhere(page: string, target: string): Promise<boolean> {
  if (/^https?:/.test(target)) return true;
  const { pathname, hash } = new URL(target, `file:///${page}`);
  const path = pathname.slice(1) || ".";
  if (path.endsWith("/")) return (await readdir(path).catch(() => [])).length > 0;
  const text = await read(path).catch(() => null);
  return text !== null && (hash === "" || anchorsOf(text).includes(decodeURIComponent(hash.slice(1))));
}

test("operations.md has the section that the start's warning of missing TLS names", async () => {
  const warning = await read("server/system/missing-tls.ts");
  const [, section = ""] = /docs\/operations\.md, ([^)]+)\)/.exec(warning) ?? [];
  expect(await read("docs/operations.md")).toContain(`\n## ${section}\n`);
});
