import { Webhook } from "standardwebhooks";
import type { Channel, Notice, OpenChannel } from "./channel.ts";
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

/** NOTIFY_WEBHOOK_URL and its secret. */
export const webhookOf: OpenChannel = (config, now) => {
  const { NOTIFY_WEBHOOK_URL: url, NOTIFY_WEBHOOK_SECRET: secret } = config;
  if (url === undefined || secret === undefined) return null;
  const { NOTIFY_ALLOW_PRIVATE: allowPrivate, PUBLIC_URL: publicUrl } = config;
  return createWebhook({ url, secret, allowPrivate, publicUrl, now });
};

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
