import type { IncomingMessage, ServerResponse } from "node:http";
import { expect, test } from "vitest";
import { contentPolicy, guardPage } from "./page-guard.ts";

function guarded(sent: Record<string, string>, publicUrl?: string) {
  const request = { headers: { ...sent } };
  const answer: Record<string, string> = {};
  const setHeader = (name: string, value: string) => {
    answer[name] = value;
  };
  guardPage(request as unknown as IncomingMessage, { setHeader } as unknown as ServerResponse, {
    dev: false,
    publicUrl,
  });
  return { request: request.headers as Record<string, string>, answer };
}

test("the policy runs the page's own scripts alone, and no evaluated code", () => {
  const policy = contentPolicy("abc");
  expect(policy).toContain("script-src 'nonce-abc' 'strict-dynamic';");
  expect(policy).not.toContain("unsafe-eval");
  expect(policy).toContain("frame-ancestors 'none'");
});

test("each page has a nonce of its own; one that a client sends is not taken", () => {
  const forged = { "x-nonce": "forged", "content-security-policy": "script-src 'nonce-forged'" };
  const [first, second] = [guarded(forged), guarded(forged)];
  expect(first.request["x-nonce"]).not.toBe(second.request["x-nonce"]);
  expect(first.answer["content-security-policy"]).toContain(`'nonce-${first.request["x-nonce"]}'`);
  expect(first.answer["content-security-policy"]).toBe(first.request["content-security-policy"]);
  expect(first.answer["content-security-policy"]).not.toContain("forged");
});

test("browsers are bound to https only where the system is reached by it", () => {
  expect(guarded({}).answer).not.toHaveProperty("strict-transport-security");
  expect(guarded({}, "https://tidewatch.test").answer).toHaveProperty("strict-transport-security");
});
