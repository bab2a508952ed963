import { afterAll, beforeAll, beforeEach } from "vitest";
import { type CaseHarness, enter, openCaseHarness, type TestActor } from "../factories/case-factory.ts";
import { at } from "../factories/events.ts";
import { startTestServer, type TestServer } from "./writer-harness.ts";

export interface Cases extends CaseHarness {
  readonly url: string;
}

/**
 * Call once in a test file: cases and the key-user list on a database of its own. Each test finds it empty but for the people,
 * at noon of 22 November.
 */
export function casesForEachTest(...people: readonly TestActor[]): Cases {
  let server: TestServer | undefined;
  const cases = {} as Cases; // filled before the first test
  beforeAll(async () => {
    server = await startTestServer();
    const url = await server.freshDatabase();
    Object.assign(cases, await openCaseHarness(url), { url });
    for (const person of people) await enter(cases, person);
  }, 60_000);
  beforeEach(async () => {
    await cases.empty();
    cases.setNow(at("11-22 12:00"));
  });
  afterAll(async () => {
    await cases.close?.();
    await server?.stop();
  }, 60_000);
  return cases;
}
