import type { RejectCode } from "../contracts/events.ts";

/** Why one line is rejected. The message must not hold the value: it may be personal. */
export class LineFault extends Error {
  override name = "LineFault";
  readonly code: RejectCode;
  readonly field: string | null;

  constructor(code: RejectCode, field: string | null, message: string) {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0; // a million of them may come in one body, and a stack costs more than reading a line
    super(message);
    Error.stackTraceLimit = stackTraceLimit;
    this.code = code;
    this.field = field;
  }
}
