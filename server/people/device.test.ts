import { expect, test } from "vitest";
import { deviceOf } from "./device.ts";

const WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)";

test.each([
  [
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/131.0.0.0 Safari/537.36`,
    "Chrome",
    "Windows",
    false,
  ],
  [
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0`,
    "Edge",
    "Windows",
    false,
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
    "Safari",
    "iPhone",
    true,
  ],
  [
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:132.0) Gecko/20100101 Firefox/132.0",
    "Firefox",
    "macOS",
    false,
  ],
  [
    `Mozilla/5.0 (Linux; Android 14; Pixel 8) ${WEBKIT} Chrome/130.0 Mobile Safari/537.36 MicroMessenger/8.0`,
    "WeChat",
    "Android",
    true,
  ],
  [
    `Mozilla/5.0 (Windows NT 10.0) ${WEBKIT} Chrome/108.0 Safari/537.36 wxwork/4.1 MicroMessenger/7.0`,
    "WeCom",
    "Windows",
    false,
  ],
  [
    `Mozilla/5.0 (Linux; Android 12; HarmonyOS) ${WEBKIT} Chrome/114.0.0.0 Mobile HuaweiBrowser/15.0 Safari/537.36`,
    "Huawei Browser",
    "HarmonyOS",
    true,
  ],
  ["curl/8.5.0", null, null, false],
  ["", null, null, false],
])("%s", (userAgent, browser, system, isHandheld) => {
  expect(deviceOf(userAgent)).toEqual({ browser, system, isHandheld });
});

test("a session that tells nothing", () => {
  expect(deviceOf(null)).toEqual({ browser: null, system: null, isHandheld: false });
});
