import { expect, test } from "vitest";
import { parseConfig } from "../config/config.ts";
import { tellMissingTls } from "./missing-tls.ts";

test.each([
  [{}, true],
  [{ HOST: "10.0.0.5" }, true],
  [{ HOST: "::" }, true],
  [{ PUBLIC_URL: "http://tidewatch.example.com" }, true],
  [{ HOST: "127.0.0.1" }, false],
  [{ HOST: "::1" }, false],
  [{ HOST: "localhost" }, false],
  [{ PUBLIC_URL: "https://tidewatch.example.com" }, false],
  [{ PUBLIC_URL: "http://localhost:3000" }, false],
])("with %j the log of the start says that TLS is missing: %s", (environment, expected) => {
  const said: string[] = [];
  tellMissingTls(parseConfig(environment), logTo(said));
  expect(said).toEqual(expected ? [expect.stringMatching(/^warn TLS is missing/)] : []);
});

test("of a demo it is no warning: its passwords are everybody's", () => {
  const said: string[] = [];
  tellMissingTls(parseConfig({ DEMO: "1" }), logTo(said));
  expect(said).toEqual([expect.stringMatching(/^info TLS is missing/)]);
});

const logTo = (said: string[]) => ({
  warn: (text: string) => void said.push(`warn ${text}`),
  info: (text: string) => void said.push(`info ${text}`),
});
