/** What a session was opened with, as far as its user agent tells. */
export interface Device {
  readonly browser: string | null;
  readonly system: string | null;
  /** A telephone or a tablet. */
  readonly isHandheld: boolean;
}

type Names = readonly (readonly [name: string, pattern: RegExp])[];

/** The first that fits: browsers pretend to be those that stand after them. */
const BROWSERS: Names = [
  ["WeCom", /wxwork/],
  ["WeChat", /MicroMessenger/],
  ["DingTalk", /DingTalk/],
  ["Feishu", /Lark|Feishu/],
  ["Edge", /Edg(?:e|A|iOS)?\//],
  ["Opera", /OPR\/|Opera/],
  ["Samsung Internet", /SamsungBrowser\//],
  ["Huawei Browser", /HuaweiBrowser\//],
  ["QQ Browser", /QQBrowser\//],
  ["Firefox", /Firefox\/|FxiOS\//],
  ["Chrome", /Chrome\/|CriOS\//],
  ["Safari", /Safari\//],
];
const SYSTEMS: Names = [
  ["iPhone", /iPhone/],
  ["iPad", /iPad/],
  ["HarmonyOS", /HarmonyOS|OpenHarmony/],
  ["Android", /Android/],
  ["Windows", /Windows/],
  ["ChromeOS", /CrOS/],
  ["macOS", /Mac OS X|Macintosh/],
  ["Linux", /Linux/],
];
const HANDHELD = /iPhone|iPad|Android|Mobile/;

/** By a tiny table: it is to be recognised by its owner, not to be known exactly. Anybody can send anything here. */
export function deviceOf(userAgent: string | null): Device {
  const text = userAgent ?? "";
  return { browser: nameIn(BROWSERS, text), system: nameIn(SYSTEMS, text), isHandheld: HANDHELD.test(text) };
}

const nameIn = (names: Names, text: string): string | null =>
  names.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
