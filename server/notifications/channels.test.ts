import { expect, test } from "vitest";
import { pipelineEn } from "#components/pipeline/messages/en.ts";
import { pipelineZh } from "#components/pipeline/messages/zh.ts";
import { parseConfig } from "../config/config.ts";
import { CHANNEL_NAMES } from "../contracts/channels.ts";
import { CHANNELS, openChannels } from "./channels.ts";

const SET = {
  NOTIFY_WEBHOOK_URL: "https://hooks.example.com/x",
  NOTIFY_WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 7).toString("base64")}`,
  NOTIFY_SMTP_URL: "smtps://mail.example.com",
  NOTIFY_EMAIL_FROM: "tidewatch@example.com",
  NOTIFY_EMAIL_TO: "desk@example.com",
};

test("each channel is opened by its variables, under its own name, and none without", () => {
  expect(openChannels(parseConfig({}), Date.now)).toEqual([]);
  expect(openChannels(parseConfig(SET), Date.now).map(({ name }) => name)).toEqual([...CHANNEL_NAMES]);
  expect(Object.keys(CHANNELS)).toEqual([...CHANNEL_NAMES]);
});

test("each channel has its words in both languages", () => {
  for (const words of [pipelineEn, pipelineZh]) {
    for (const name of CHANNEL_NAMES) expect(words.deliveries.channels[name]).toBeTruthy();
  }
});
