import { AppError } from "#server/lib/errors.ts";

/** The file cannot be used as a backup: what is wrong with it. */
export class BadBackup extends AppError {
  constructor(reason: string) {
    super("bad_backup", 400, `This file cannot be restored: ${reason}. Nothing was changed.`);
  }
}
