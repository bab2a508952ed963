import { Agent, request } from "node:http";
import { text } from "node:stream/consumers";

/** Sends bodies over keep-alive connections, `concurrency` at a time; each must be accepted whole. */
export async function sendAll(
  url: string,
  key: string,
  bodies: readonly Buffer[],
  concurrency: number,
): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  let next = 0;
  const worker = async () => {
    for (let body = bodies[next++]; body; body = bodies[next++]) await send(url, key, body, agent);
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  agent.destroy();
}

async function send(url: string, key: string, body: Buffer, agent: Agent): Promise<void> {
  const { status, answer } = await new Promise<{ status: number; answer: string }>((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${key}`,
      "content-type": "application/x-ndjson",
      "content-length": body.length,
    };
    request(url, { method: "POST", agent, headers }, (response) => {
      text(response).then((answer) => resolve({ status: response.statusCode ?? 0, answer }), reject);
    })
      .on("error", reject)
      .end(body);
  });
  if (status !== 200 || JSON.parse(answer).dispositions.rejected !== 0) {
    throw new Error(`the server did not accept a batch: ${status} ${answer.slice(0, 300)}`);
  }
}
