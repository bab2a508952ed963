import type { VerbExecution } from "./verb-execution.ts";

/** Ends every session of a person, who may sign in again: a laptop was lost. */
export const signOutPerson: VerbExecution<"sign-out"> = async () => ({});
