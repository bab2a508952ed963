import { addDays } from "../contracts/business-time.ts";
import { readVerification, type Verification } from "../queries/verification.ts";
import { datesWithFigures } from "../queries/verify-day.ts";
import type { Runtime } from "../runtime.ts";

type Needs = Pick<Runtime, "pool" | "aside" | "time" | "now" | "writer" | "log">;

/** How often a look is taken at whether the night has come, ms. */
const RHYTHM_MS = 60_000;
/** Business hour from which on the night's verification may run. */
const FROM_HOUR = 3;
/** Days before today that are verified each night: those that may still amend, and the ones that have just closed. */
const DAYS_BACK = 3;

/** Recomputes the last days from the log, once a night. @returns null when it is not the time */
export async function verifyNightly(rt: Needs): Promise<Verification | null> {
  const hour = rt.time.hourOf(rt.now());
  const today = rt.time.dateOf(rt.now());
  if (rt.writer.status().state !== "leading" || Number(hour.slice(8)) < FROM_HOUR) return null;
  if ((await readVerification(rt))?.ranOn === today) return null;
  let differences = 0;
  const dates = (await datesWithFigures(rt, addDays(today, -DAYS_BACK))).filter((date) => date < today);
  for (const date of dates) {
    const verified = await rt.aside.verifyDay(date);
    differences += verified.differences.length;
    for (const difference of verified.differences.slice(0, 10)) {
      rt.log.error({ date, ...difference }, "a stored figure is not what the log gives");
    }
  }
  const verification = {
    at: new Date(rt.now()).toISOString(),
    ranOn: today,
    days: dates.length,
    differences,
  };
  await rt.pool.query(
    `INSERT INTO setting (key, value) VALUES ('verification', $1)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
    [JSON.stringify(verification)],
  );
  return verification;
}

/** Verifies each night from now on. @returns its stop */
export function keepVerifying(rt: Needs): () => void {
  let running = false;
  const timer = setInterval(() => {
    if (running) return;
    running = true;
    verifyNightly(rt)
      .catch((error: unknown) =>
        rt.log.warn({ err: error }, "the days were not verified; tried again in a minute"),
      )
      .finally(() => {
        running = false;
      });
  }, RHYTHM_MS);
  return () => clearInterval(timer);
}
