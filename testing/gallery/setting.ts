import type { Session } from "#components/shell/session.tsx";
import type { Answers } from "./answers.ts";
import type { Line } from "./line.ts";

/** What a story may ask of what stands above its component. */
export interface Setting {
  readonly answers?: Answers;
  readonly session?: Session;
  readonly line?: Line;
  /** Whether the reader has paused the live data. */
  readonly isPaused?: boolean;
  /** What stands in the page's address, e.g. "view=table". */
  readonly search?: string;
}

/** A story's parameters with its setting in them. */
export const within = (setting: Setting) => ({ tidewatch: setting });
