import { expect, test } from "vitest";
import { checkPort, refusedPort } from "./check-port.ts";

test("a port that browsers refuse is told before anybody waits for a page", async () => {
  expect(await checkPort(4190, "127.0.0.1")).toMatchObject({ check: "port", state: "warning" });
  expect(refusedPort(4190)?.fix).toContain("PORT");
});

test("the list is that of fetch itself: it refuses each, and does not refuse its neighbours", async () => {
  const why = async (port: number): Promise<string> =>
    fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(2_000) }).then(
      () => "",
      (error: Error & { cause?: Error }) => error.cause?.message ?? error.message,
    );
  for (const port of [1, 25, 4190, 5061, 6000, 6667, 10080]) {
    expect(await why(port), `port ${port}`).toBe("bad port");
    expect(refusedPort(port)).not.toBeNull();
  }
  for (const port of [3000, 4191, 8080]) expect(refusedPort(port)).toBeNull();
});
