import { join } from "node:path";

/** Path of a process of its own that a test starts, to be killed. @param name of a file in this folder */
export const faultProcess = (name: string): string => join(import.meta.dirname, name);
