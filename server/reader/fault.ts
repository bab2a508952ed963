import type { RejectCode } from "../contracts/events.ts";

/** Why one line is rejected. The message must not hold the value: it may be personal. */
export class LineFault extends Error {
  override name = "LineFault";
  readonly code: RejectCode;
  readonly field: string | null;

  constructor(code: RejectCode, field: string | null, message: string) {
    super(message);
    this.code = code;
    this.field = field;
  }
}
