import { afterEach, expect, test, vi } from "vitest";
import { PATIENCE } from "#testing/harness/patience.ts";
import { fetchSignedIn, sessionGate } from "./session-gate.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

function answers(...statuses: number[]) {
  const asked = vi.fn(async () => new Response(null, { status: statuses.shift() ?? 200 }));
  vi.stubGlobal("fetch", asked);
  return asked;
}

test("where nobody asks people to sign in again, a refusal is a refusal", async () => {
  const asked = answers(401);
  expect((await fetchSignedIn("/x", {})).status).toBe(401);
  expect(asked).toHaveBeenCalledOnce();
});

test("a request whose session has ended waits for the next one and is sent once more, as it was", async () => {
  const end = sessionGate.guard();
  const asked = answers(401, 200);
  const init = { method: "POST", body: "typed" };
  const answer = fetchSignedIn("/x", init);
  await vi.waitFor(() => expect(sessionGate.isClosed()).toBe(true), PATIENCE);
  expect(asked).toHaveBeenCalledOnce();
  sessionGate.open();
  expect((await answer).status).toBe(200);
  expect(asked).toHaveBeenLastCalledWith("/x", init);
  expect(sessionGate.isClosed()).toBe(false);
  end();
});

test("a second refusal is told: nobody is asked without end", async () => {
  const end = sessionGate.guard();
  answers(401, 401);
  const answer = fetchSignedIn("/x", {});
  await vi.waitFor(() => expect(sessionGate.isClosed()).toBe(true), PATIENCE);
  sessionGate.open();
  expect((await answer).status).toBe(401);
  end();
});

test("other refusals come through", async () => {
  const end = sessionGate.guard();
  answers(403);
  expect((await fetchSignedIn("/x", {})).status).toBe(403);
  end();
});
