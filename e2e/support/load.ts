import { API_KEY } from "./people.ts";

/** Sends orders at a steady pace, bounded in count, in batches of a tenth of a second. */
export async function sendOrders(
  url: string,
  options: { perSecond: number; seconds: number },
): Promise<number> {
  const started = Date.now();
  const perBatch = Math.ceil(options.perSecond / 10);
  const batches = options.seconds * 10;
  let accepted = 0;
  for (let batch = 0; batch < batches; batch++) {
    const due = started + batch * 100;
    const wait = due - Date.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    const body = Array.from({ length: perBatch }, (_, index) => orderLine(batch * perBatch + index)).join(
      "\n",
    );
    const response = await fetch(`${url}/ingest/orders`, {
      method: "POST",
      headers: { authorization: `Bearer ${API_KEY}`, "content-type": "application/x-ndjson" },
      body,
    });
    if (!response.ok) throw new Error(`ingest answered ${response.status}`);
    accepted += ((await response.json()) as { accepted: number }).accepted;
  }
  return accepted;
}

/** A third of the users come back, so hours lose winners as well as gain them. */
function orderLine(index: number): string {
  const user = index % 3 === 0 ? index % 1_000 : 1_000_000 + index;
  return JSON.stringify({
    id: user,
    order_no: `L${index}`,
    gmt_modified: Date.now(),
    account_payble: ((index * 7919) % 100_000) / 100,
    customer_tel: `139${String(user).padStart(8, "0")}`,
  });
}
