import { expect, test } from "vitest";
import { type Context, setContext } from "../context.ts";
import { createLog } from "../lib/log.ts";
import { PEOPLE_ADMINISTRATION } from "./administration-routes.ts";

const ORIGIN = "http://tidewatch.test";

test.each(["reset", "reset-second-factor"])(
  "%s is not done to oneself: one's own page asks for the password",
  async (verb) => {
    const context: Partial<Context> = {
      log: createLog("silent"),
      authenticate: async () => ({
        kind: "person",
        id: "ada",
        name: "Ada",
        role: "administrator",
        sessionId: "session",
      }),
    };
    setContext(context as Context);
    const route = PEOPLE_ADMINISTRATION.find(({ path }) => path.endsWith(`/{id}/${verb}`));
    const headers = { host: new URL(ORIGIN).host, origin: ORIGIN, "content-type": "application/json" };
    const body = JSON.stringify({ reason: "a stolen session" });
    const request = new Request(`${ORIGIN}/api/v1/people/ada/${verb}`, { method: "POST", headers, body });
    const answer = await route?.respond(request, { id: "ada" });
    expect([answer?.status, await answer?.json()]).toEqual([
      409,
      expect.objectContaining({ code: "own_account" }),
    ]);
  },
);
