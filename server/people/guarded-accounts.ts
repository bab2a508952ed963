import { isWayIn } from "../access/way-in.ts";
import type { Context } from "../context.ts";
import { isOfCommandLine } from "../db/audit.ts";
import { isGuarded } from "../four-eyes/propose.ts";
import { AppError } from "../lib/errors.ts";

/** Where roles wait for a second administrator, nobody makes themselves that second one: by a new account, or by one of somebody else. */

/** A role that one person alone would give. */
class RoleWaits extends AppError {
  constructor() {
    super(
      "role_waits",
      409,
      "Roles wait for a second administrator here: invite with another role, then propose this one.",
    );
  }
}

/** Who does it could come in as another administrator. */
class AdministratorsAccount extends AppError {
  constructor(name: string) {
    super(
      "administrators_account",
      409,
      `${name} is an administrator, and roles wait for a second one here: propose another role for them first, or let it be done on the command line.`,
    );
  }
}

/** Nobody could confirm anything any more. */
class TwoAdministratorsNeeded extends AppError {
  constructor() {
    super(
      "two_administrators_needed",
      409,
      "One administrator would be left, who could confirm nothing: make another one first, or switch four eyes off (FOUR_EYES=none).",
    );
  }
}

/** The link was given by somebody who could come in by it as another administrator. */
class LinkWaits extends AppError {
  constructor() {
    super(
      "link_waits",
      409,
      "This link was given before roles waited for a second administrator here, or before you became one, and opens an administrator's account no more: let it be done on the command line.",
    );
  }
}

type Needs = Pick<Context, "settings">;

/** Where acts wait, the second administrator does not become something else. @throws {TwoAdministratorsNeeded} */
export async function requireTwoLeft(
  { db, config }: Pick<Context, "db" | "config">,
  id: string,
): Promise<void> {
  const can = { role: "administrator", disabledAt: null, accounts: { some: isWayIn(config) } };
  if ((await db.user.count({ where: { ...can, id } })) === 0) return;
  if ((await db.user.count({ where: { ...can, id: { not: id } } })) < 2) throw new TwoAdministratorsNeeded();
}

/** An administrator is not made at one stroke. @throws {RoleWaits} */
export async function requireUnguardedRole(ctx: Needs, role: string): Promise<void> {
  if (role === "administrator" && (await isGuarded(ctx, "roles"))) throw new RoleWaits();
}

/** A reset link that one administrator gave opens no administrator's account; one of the command line does. @throws {LinkWaits} */
export async function requireUnguardedReset(
  ctx: Needs & Pick<Context, "db">,
  link: { readonly hash: string },
): Promise<void> {
  if (!(await isGuarded(ctx, "roles"))) return;
  const found = await ctx.db.passwordReset.findUnique({
    where: link,
    select: { issuedBy: true, user: { select: { role: true } } },
  });
  if (found?.user.role !== "administrator" || isOfCommandLine(found.issuedBy)) return;
  throw new LinkWaits();
}

/** An administrator's account is not opened by another one alone. @throws {AdministratorsAccount} */
export async function requireUnguardedAccount(ctx: Needs & Pick<Context, "db">, id: string): Promise<void> {
  if (!(await isGuarded(ctx, "roles"))) return;
  const person = await ctx.db.user.findUnique({ where: { id }, select: { name: true, role: true } });
  if (person?.role === "administrator") throw new AdministratorsAccount(person.name);
}
