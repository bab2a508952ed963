import type { Context } from "../context.ts";
import type { FieldCipher } from "../lib/field-cipher.ts";
import { ClusterEngine } from "../nodes/cluster-engine.ts";
import { ownAddress } from "../nodes/own-address.ts";
import { NodeRegistry, readWriterUrl } from "../nodes/registry.ts";
import type { Parts } from "./parts.ts";
import type { StartOptions } from "./start-options.ts";

/** Proves to one node that another has the same SECRET_KEY. */
export const clusterKey = (cipher: FieldCipher): string => cipher.derive("cluster");

/** The one writer, as this node reaches it. @param id of this node */
export function clusterOf({ database, cipher, engine }: Parts, id: string): ClusterEngine {
  return new ClusterEngine(engine, id, {
    key: clusterKey(cipher),
    writerUrl: () => readWriterUrl(database.pool),
  });
}

interface Own {
  readonly id: string;
  readonly port: number;
  readonly position: () => number;
  readonly channels: () => readonly string[];
}

/** After the server listens; it leaves before it stops listening. */
export async function joinNodes(
  { config, log, shutdown }: StartOptions,
  { pool, build, live }: Context,
  { id, port, position, channels }: Own,
): Promise<void> {
  const facts = { id, role: config.NODE_ROLE, build, ...ownAddress(config.NODE_URL, config.HOST, port) };
  const registry = new NodeRegistry(
    pool,
    facts,
    () => ({ sockets: live.socketCount(), position: position(), channels: channels() }),
    (error) => log.warn({ err: error }, "this node could not tell the others that it is there"),
  );
  await registry.start();
  shutdown.add("node", () => registry.stop());
}
