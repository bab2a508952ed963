import fc from "fast-check";
import { expect, test } from "vitest";
import { somebody } from "#testing/factories/case-factory.ts";
import { utf16 } from "#testing/factories/encodings.ts";
import { casesForEachTest } from "#testing/harness/cases.ts";
import { listChoices } from "../contracts/api/list-file.ts";
import { formatFen } from "../contracts/money.ts";
import { isStorable } from "../lib/text.ts";
import { importKeyUsers } from "./import-key-users.ts";
import { keyUsersCsv } from "./key-users-csv.ts";
import { keyUser } from "./list-key-users.ts";
import { readList } from "./read-list.ts";

const ada = somebody("=ada", "administrator"); // a name that could begin a formula
const harness = casesForEachTest(ada);

async function exported(status: "active" | "all"): Promise<string> {
  const pieces: string[] = [];
  for await (const piece of keyUsersCsv(harness, { status }, { scope: null })) pieces.push(piece);
  return pieces.join("");
}

/** What an import of a file would do, or does. */
async function load(bytes: Buffer, choices: Parameters<typeof listChoices.parse>[0], dryRun = true) {
  const { rows, reading, blank } = await readList(
    { bytes, format: "csv" },
    listChoices.parse(choices),
    "Asia/Shanghai",
  );
  return importKeyUsers(harness, ada, rows, { dryRun, skipRejected: true, reading, blank });
}

const SPREADSHEET = { dialect: "spreadsheet" };

test("case 17: one's own export is unchanged in every row, formulas and numbers below zero in it", async () => {
  const list =
    "id,raw_premium,raw_info\n-123456789012345678,200.00,-3\n71,1.00,=1+1\n72,1.00,+86 10\n73,1.00,@home\n";
  await load(Buffer.from(list), {}, false);
  const csv = await exported("active");
  expect(csv).toContain("\n-123456789012345678,200.00,'-3,,1,");
  expect(csv).toContain("\n71,1.00,'=1+1,,1,");
  for (const choices of [{}, SPREADSHEET, { ...SPREADSHEET, blank: "erase" }, { blank: "keep" }]) {
    const told = await load(Buffer.from(csv), choices);
    expect(told).toMatchObject({ unchanged: 4, added: 0, changed: 0, rejected: [], conflicts: [] });
  }
  await load(Buffer.from(csv), {}, false);
  expect((await keyUser(harness, "71")).rawInfo).toBe("=1+1");
});

const START = fc.constantFrom(
  "",
  "'",
  "''",
  "'=",
  "=",
  "+",
  "-",
  "@",
  "\t",
  "\r",
  " =",
  "＝",
  '="7"',
  "sep=;",
  "\ufeff",
);
const info = fc.option(
  fc
    .tuple(
      START,
      fc.oneof(
        fc.string({ unit: "binary", maxLength: 40 }),
        fc.constantFrom(" ", "\u3000", "\n", 'a\r\nb;"c"\t1'),
      ),
    )
    .map((parts) => parts.join(""))
    .filter(isStorable),
  { nil: null },
);
const row = fc.record({
  id: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fen: fc.bigInt({ min: 0n, max: 999_999_999_999_999_999n }),
  info,
  asOf: fc.option(fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2025, 10, 22) }), { nil: null }),
  isRemoved: fc.boolean(),
  version: fc.integer({ min: 1, max: 999_999 }),
});

test("whatever stands on the list, its export imported again changes nothing, over every entry point", async () => {
  const list = fc.uniqueArray(row, { selector: ({ id }) => id, minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(list, async (rows) => {
      await harness.empty();
      await harness.pool.query(
        `INSERT INTO key_user (user_id, raw_premium, raw_info, baseline_as_of, removed_at, version, updated_by)
         SELECT n.id, n.premium, n.info, n.as_of, CASE WHEN n.is_removed THEN now() END, n.version, '=ada'
         FROM unnest($1::bigint[], $2::numeric[], $3::text[], $4::bigint[], $5::boolean[], $6::int[])
           AS n (id, premium, info, as_of, is_removed, version)`,
        [
          rows.map(({ id }) => id),
          rows.map(({ fen }) => formatFen(fen)),
          rows.map((one) => one.info),
          rows.map(({ asOf }) => asOf),
          rows.map(({ isRemoved }) => isRemoved),
          rows.map(({ version }) => version),
        ],
      );
      const csv = await exported("all");
      const files: [Buffer, Parameters<typeof listChoices.parse>[0]][] = [
        [Buffer.from(csv), {}],
        [Buffer.from(csv), SPREADSHEET],
        [Buffer.from(csv), { ...SPREADSHEET, blank: "erase" }],
        [utf16(csv.slice(1), "le"), SPREADSHEET],
      ];
      for (const [bytes, choices] of files) {
        const told = await load(bytes, choices);
        expect(told).toMatchObject({
          lines: rows.length,
          unchanged: rows.length,
          rejected: [],
          conflicts: [],
        });
      }
    }),
    { numRuns: 60 },
  );
}, 120_000);
