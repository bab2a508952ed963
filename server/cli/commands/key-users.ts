import { type Command, UsageError } from "../command.ts";
import { exportList } from "../key-users/export-list.ts";
import { importList } from "../key-users/import-list.ts";
import { printImports, undoList } from "../key-users/import-log.ts";
import { parseOptions } from "../options.ts";

/** Imports the key-user list from a file, exports it, tells what was imported, and undoes an import. */
export const keyUsers: Command = {
  usage:
    "key-users import FILE [--dry-run] [--skip-rejected] [--blank keep|erase] [--encoding NAME] [--separator NAME]" +
    " | key-users export FILE [--status active|removed|all] [--personal] | key-users imports | key-users undo NUMBER [--dry-run] [--reason TEXT]",
  summary:
    "Imports a list (.csv, .tsv, .txt, .json or an object a line; .gz, .zst) in one transaction; --dry-run only tells what would change. " +
    "export writes the list as a CSV that an import takes back; --personal with names and telephones, where PERSONAL_EXPORT lets. " +
    "imports lists what was imported, undo takes one back, but for rows that were changed since.",
  async run(context) {
    const { values, options } = parseOptions(context.args, {
      "dry-run": "flag",
      "skip-rejected": "flag",
      blank: "text",
      encoding: "text",
      separator: "text",
      reason: "text",
      status: "text",
      personal: "flag",
    });
    const [verb, named, ...rest] = values;
    if (rest.length > 0) throw new UsageError("One file, or one import, at a time.");
    if (verb === "import" && named) return importList(context, named, options);
    if (verb === "export" && named) return exportList(context, named, options);
    if (verb === "imports" && !named) return printImports(context);
    if (verb === "undo" && named) return undoList(context, named, options);
    throw new UsageError(
      "Say key-users import FILE, key-users export FILE, key-users imports, or key-users undo NUMBER.",
    );
  },
};
