import { makeFirstAdministrator } from "#server/people/first-administrator.ts";
import { handleOpen } from "#server/access/handle.ts";
import { firstAdministrator } from "#server/contracts/api/people.ts";
import { runtime } from "#server/context.ts";

/** Spends the one-time link of the log: its token is the right. */
export const POST = handleOpen({ body: firstAdministrator }, async ({ body: { token, ...person } }) => {
  const id = await makeFirstAdministrator(runtime().db, token, person);
  runtime().log.info({ person: id }, "the first administrator is made");
  return { id };
});
