import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const gc = runInNewContext("gc") as () => void;

/** Collects all garbage, so that what is measured next pays for its own alone; twice, for buffers go one round later. */
export function collectGarbage(): void {
  gc();
  gc();
}
