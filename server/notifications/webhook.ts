import { Webhook } from "standardwebhooks";
import { z } from "zod";
import { addressOf } from "../config/kinds.ts";
import { type Channel, defineChannel, type Notice } from "./channel.ts";
import { requestOutside } from "./request.ts";

const TIMEOUT_MS = 10_000;

export interface WebhookOptions {
  readonly url: string;
  /** `whsec_` and the key in base64, as Standard Webhooks writes it. */
  readonly secret: string;
  readonly allowPrivate: boolean;
  /** Under which browsers reach the system, for the link to the case. */
  readonly publicUrl: string | undefined;
  readonly now: () => number;
  /** ms */
  readonly timeoutMs?: number;
}

export const webhook = defineChannel({
  name: "webhook",
  settings: {
    NOTIFY_WEBHOOK_URL: addressOf(["https", "http"]).describe(
      "Where new, regressed and worse cases are posted as signed JSON (Standard Webhooks).",
    ),
    NOTIFY_WEBHOOK_SECRET: z
      .string()
      .regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/, "write whsec_ and 24 to 64 random bytes in base64")
      .describe("Signs what is posted: `whsec_` and at least 24 random bytes in base64."),
  },
  called: ["NOTIFY_WEBHOOK_URL"],
  example: {
    NOTIFY_WEBHOOK_URL: "https://hooks.example.com/x",
    NOTIFY_WEBHOOK_SECRET: `whsec_${"A".repeat(43)}=`,
  },
  open: ({ NOTIFY_WEBHOOK_URL: url, NOTIFY_WEBHOOK_SECRET: secret }, config, now) =>
    createWebhook({
      url,
      secret,
      allowPrivate: config.NOTIFY_ALLOW_PRIVATE,
      publicUrl: config.PUBLIC_URL,
      now,
    }),
});

/** Posts notices as JSON, signed as Standard Webhooks asks. */
export function createWebhook(options: WebhookOptions): Channel {
  const { url, secret, allowPrivate, publicUrl, now, timeoutMs = TIMEOUT_MS } = options;
  const signer = new Webhook(secret);
  return {
    name: "webhook",
    send: (notice) => {
      const body = JSON.stringify(bodyOf(notice, publicUrl));
      const at = new Date(now());
      const headers = {
        "content-type": "application/json",
        "user-agent": "Tidewatch",
        "webhook-id": notice.key,
        "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
        "webhook-signature": signer.sign(notice.key, at, body),
      };
      return requestOutside({ url, method: "POST", headers, body, allowPrivate, timeoutMs });
    },
  };
}

function bodyOf({ key: _, kind, createdAt, ...data }: Notice, publicUrl: string | undefined): object {
  const link = publicUrl === undefined ? {} : { url: new URL(`/retention/${data.caseId}`, publicUrl).href };
  return { type: `retention.case.${kind}`, timestamp: createdAt, data: { ...data, ...link } };
}
