import { API_KEY, makePeople } from "./people.ts";
import { startServer } from "./server.ts";

/**
 * Two systems for all specs: an empty one for what people do, and a demo one for what the screens look like. Their
 * addresses reach the specs through the environment.
 */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const [plain, demo] = await Promise.all([
    startServer({ INIT_API_KEY: API_KEY }),
    startServer({ INIT_API_KEY: API_KEY, DEMO: "1" }),
  ]);
  process.env.E2E_PLAIN_URL = plain.url;
  process.env.E2E_PLAIN_DATA = plain.dataDir;
  process.env.E2E_DEMO_URL = demo.url;
  await makePeople(plain);
  return async () => {
    await Promise.all([plain.stop(), demo.stop()]);
  };
}
