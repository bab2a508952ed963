/** Under it the server tells its pages the address that was asked for. What a client sends under it never gets that far. */
export const ASKED_FOR = "x-asked-for";

/** Who signs in never asked for these. */
const NO_SCREENS = [
  "/sign-in",
  "/enrol",
  "/setup",
  "/invitation",
  "/reset",
  "/forbidden",
  "/api",
  "/ingest",
  "/_next",
];
const ORIGIN = "http://here";

/** Where a person goes on after signing in: the screen of ours that was asked for, else the role's own. */
export function returnPath(asked: string | readonly string[] | null | undefined): string {
  if (typeof asked !== "string" || !asked.startsWith("/") || !URL.canParse(asked, ORIGIN)) return "/";
  const { origin, pathname, search, searchParams } = new URL(asked, ORIGIN);
  const isScreen = !NO_SCREENS.some((path) => pathname === path || pathname.startsWith(`${path}/`));
  if (origin !== ORIGIN || pathname.startsWith("//") || !isScreen) return "/";
  // Next's own mark of a request for a part of a page.
  if (!searchParams.has("_rsc")) return `${pathname}${search}`;
  searchParams.delete("_rsc");
  return searchParams.size > 0 ? `${pathname}?${searchParams}` : pathname;
}

/** The sign-in page that leads back to an address. */
export const signInPath = (asked: string | null | undefined): string => leadingBack("/sign-in", asked);

/** The page that enrols a second factor, and leads back to an address. */
export const enrolPath = (asked: string | null | undefined): string => leadingBack("/enrol", asked);

function leadingBack(page: string, asked: string | null | undefined): string {
  const path = returnPath(asked);
  return path === "/" ? page : `${page}?to=${encodeURIComponent(path)}`;
}
