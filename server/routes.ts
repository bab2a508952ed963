import { API_KEY_ROUTES } from "./api-keys/routes.ts";
import { AUDIENCE_ROUTES } from "./audience/routes.ts";
import { AUDIT_ROUTES } from "./audit/routes.ts";
import { DEAD_LETTER_ROUTES } from "./dead-letters/routes.ts";
import { DEMO_ROUTES } from "./demo/routes.ts";
import type { Route } from "./http/define-route.ts";
import { documentRoutes } from "./http/openapi/routes.ts";
import { Router } from "./http/router.ts";
import { KEY_USER_ROUTES } from "./key-users/routes.ts";
import { NOTIFICATION_ROUTES } from "./notifications/routes.ts";
import { ORDER_ROUTES } from "./orders/routes.ts";
import { OWN_ROUTES } from "./people/own-routes.ts";
import { PEOPLE_ROUTES } from "./people/routes.ts";
import { PIPELINE_ROUTES } from "./pipeline/routes.ts";
import { PROPOSAL_ROUTES } from "./proposals/routes.ts";
import { RETENTION_ROUTES } from "./retention/routes.ts";
import { SETTINGS_ROUTES } from "./settings/routes.ts";

/** Every route under /api. */
export const ROUTES: readonly Route[] = [
  ...ORDER_ROUTES,
  ...RETENTION_ROUTES,
  ...KEY_USER_ROUTES,
  ...AUDIENCE_ROUTES,
  ...PIPELINE_ROUTES,
  ...DEAD_LETTER_ROUTES,
  ...NOTIFICATION_ROUTES,
  ...PEOPLE_ROUTES,
  ...AUDIT_ROUTES,
  ...API_KEY_ROUTES,
  ...SETTINGS_ROUTES,
  ...PROPOSAL_ROUTES,
  ...OWN_ROUTES,
  ...DEMO_ROUTES,
  ...documentRoutes(() => ROUTES),
];

/** Finds them. */
export const ROUTER = new Router(ROUTES);
