import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

// Run as a process of its own: the least that an HTTP answer from Node can cost.
const ANSWER = JSON.stringify({
  accountId: "a100",
  deviceId: "d1",
  pageType: "product",
  pageName: "term-life",
  eventTime: "2026-11-23T00:00:00.000Z",
  ageSeconds: 1,
  status: "PRESENT",
});
const server = createServer((_request, response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": ANSWER.length });
  response.end(ANSWER);
});
server.listen(0, "127.0.0.1", () => {
  process.send?.({ ready: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});
process.on("disconnect", () => process.exit(0));
