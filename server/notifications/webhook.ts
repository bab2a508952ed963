import { createHmac } from "node:crypto";
import type { Channel, Notice } from "./channel.ts";
import { requestOutside } from "./request.ts";

const TIMEOUT_MS = 10_000;
const PREFIX = "whsec_";

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

/** Posts notices as JSON, signed as Standard Webhooks asks. */
export function createWebhook(options: WebhookOptions): Channel {
  const { url, secret, allowPrivate, publicUrl, now, timeoutMs = TIMEOUT_MS } = options;
  return {
    name: "webhook",
    send: (notice) => {
      const body = JSON.stringify(bodyOf(notice, publicUrl));
      const timestamp = Math.floor(now() / 1000);
      const headers = {
        "content-type": "application/json",
        "user-agent": "Tidewatch",
        "webhook-id": notice.key,
        "webhook-timestamp": String(timestamp),
        "webhook-signature": signature(secret, notice.key, timestamp, body),
      };
      return requestOutside({ url, method: "POST", headers, body, allowPrivate, timeoutMs });
    },
  };
}

function bodyOf({ key: _, kind, createdAt, ...data }: Notice, publicUrl: string | undefined): object {
  const link = publicUrl === undefined ? {} : { url: new URL(`/retention/${data.caseId}`, publicUrl).href };
  return { type: `retention.case.${kind}`, timestamp: createdAt, data: { ...data, ...link } };
}

/** @param timestamp seconds since the epoch */
export function signature(secret: string, id: string, timestamp: number, body: string): string {
  const key = Buffer.from(secret.slice(PREFIX.length), "base64");
  return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
}
