import { z } from "zod";
import { context } from "#server/context.ts";
import { id } from "#server/contracts/api/common.ts";
import { keyUsersQuery, newKeyUser } from "#server/contracts/api/key-users.ts";
import { handle } from "#server/http/handle.ts";
import { addKeyUser } from "#server/key-users/add-key-user.ts";
import { keyUsers, keyUsersById } from "#server/key-users/list-key-users.ts";

/** `ids` reads single rows anew, e.g. those that a live patch named. */
const query = keyUsersQuery.extend({ ids: z.string().max(12_000).optional() });

export const GET = handle({ action: "key-users.read", query }, async ({ query: { ids, ...rest } }) => {
  if (ids === undefined) return keyUsers(context(), rest);
  const wanted = ids.split(",").filter((text) => id.safeParse(text).success);
  const items = await keyUsersById(context(), wanted);
  return { items, nextCursor: null, total: items.length };
});

export const POST = handle({ action: "key-users.write", body: newKeyUser }, async ({ actor, body }) =>
  Response.json(await addKeyUser({ ctx: context(), actor }, body), { status: 201 }),
);
