import { expect, test } from "vitest";
import { pipelineEn } from "#components/pipeline/messages/en.ts";
import { pipelineZh } from "#components/pipeline/messages/zh.ts";
import { parseConfig } from "../config/config.ts";
import { CHANNELS, openChannels } from "./channels.ts";
import { PERSONAL } from "./personal-mail.ts";

const NAMES = CHANNELS.map(({ name }) => name);

test("each channel is opened by its variables, under its own name, and none without", () => {
  expect(openChannels(parseConfig({}, CHANNELS), Date.now)).toEqual([]);
  const all = Object.assign({}, ...CHANNELS.map(({ example }) => example));
  expect(openChannels(parseConfig(all, CHANNELS), Date.now).map(({ name }) => name)).toEqual(NAMES);
  for (const { name, example } of CHANNELS) {
    const opened = openChannels(parseConfig(example as Record<string, string>, CHANNELS), Date.now);
    expect(opened.map((channel) => channel.name)).toEqual([name]);
  }
});

test("channels share neither a name nor a variable", () => {
  expect(new Set(NAMES).size).toBe(NAMES.length);
  const variables = CHANNELS.flatMap(({ settings }) => Object.keys(settings));
  expect(new Set(variables).size).toBe(variables.length);
});

test("each channel has its words in both languages, and no other has", () => {
  for (const words of [pipelineEn, pipelineZh]) {
    expect(Object.keys(words.deliveries.channels)).toEqual([...NAMES, PERSONAL]);
  }
});
