import { parseArgs } from "node:util";
import { UsageError } from "./command.ts";

type OptionKinds = Readonly<Record<string, "text" | "flag">>;
type Parsed<K extends OptionKinds> = { readonly [N in keyof K]?: K[N] extends "flag" ? boolean : string };

/** Splits arguments into values and --options. @throws {UsageError} on an option that is not known */
export function parseOptions<const K extends OptionKinds>(
  args: readonly string[],
  kinds: K,
): { values: readonly string[]; options: Parsed<K> } {
  const options = Object.fromEntries(
    Object.entries(kinds).map(([name, kind]) => [
      name,
      { type: kind === "flag" ? "boolean" : "string" } as const,
    ]),
  );
  try {
    const parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
    return { values: parsed.positionals, options: parsed.values as Parsed<K> };
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
