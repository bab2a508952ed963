/** A process of its own that says under which name it would hold the lease, and waits to be killed. */
import { holderName } from "#server/engine/holder.ts";

process.send?.(holderName());
process.on("disconnect", () => process.exit(0));
