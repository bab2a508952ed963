import { context } from "#server/context.ts";
import { firstAdministrator } from "#server/contracts/api/people.ts";
import { handleOpen } from "#server/http/handle.ts";
import { makeFirstAdministrator } from "#server/people/first-administrator.ts";

/** Spends the one-time link of the log: its token is the right. */
export const POST = handleOpen({ body: firstAdministrator }, async ({ body: { token, ...person } }) => {
  const id = await makeFirstAdministrator(context().db, token, person);
  context().log.info({ person: id }, "the first administrator is made");
  return { id };
});
