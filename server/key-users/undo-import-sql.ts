import { eachOptional, OPTIONAL_MOVES } from "./optional-columns.ts";

/**
 * Rows of an import beside what stands now, in the temporary table `undoing`. `goes`: nobody has touched the row since, so it goes
 * back. Parameter: $1 the import.
 */
export const STAGE_UNDO = `
CREATE TEMPORARY TABLE undoing ON COMMIT DROP AS
SELECT r.*, k.version = r.version AS goes, k.version AS version_now, k.raw_premium AS premium_now, k.raw_info AS info_now, ${eachOptional((it) => `k.${it} AS ${it}_now`)},
  k.baseline_as_of AS as_of_now, k.updated_by, k.updated_at, k.removed_at IS NOT NULL AS is_removed_now
FROM key_user_import_row r JOIN key_user k USING (user_id) WHERE r.import_id = $1`;

/**
 * Takes rows back: $1 who, $2 when. A customer whom the import added leaves the list; one whom it restored is off it as before. By
 * rule K5 the anchor goes back too, unless a case that was closed since has begun it anew.
 */
export const TAKE_BACK = `
UPDATE key_user AS k SET version = k.version + 1, updated_at = $2, updated_by = $1,
  removed_at = CASE u.action WHEN 'add' THEN $2 WHEN 'restore' THEN u.removed_at_before END,
  raw_premium = CASE WHEN u.action = 'add' THEN k.raw_premium ELSE u.premium_before END,
  raw_info = CASE WHEN u.action = 'add' THEN k.raw_info ELSE u.info_before END,
  ${eachOptional((it) => `${it} = CASE WHEN u.action = 'add' THEN k.${it} ELSE u.${it}_before END`)},
  baseline_as_of = CASE WHEN u.action = 'add' THEN k.baseline_as_of ELSE u.as_of_before END,
  as_of_event = CASE WHEN u.action = 'add' THEN k.as_of_event ELSE u.as_of_event_before END,
  anchor = CASE WHEN k.anchor IS NOT DISTINCT FROM u.anchor_after THEN u.anchor_before ELSE k.anchor END
FROM undoing u WHERE u.user_id = k.user_id AND u.goes`;

/** The rows' history: $1 who, $2 when, $3 the undo's own entry, $4 the reason. */
export const TELL_HISTORY = `
INSERT INTO baseline_change (user_id, source, actor, reason, effective_at, changed_at, premium_before, premium_after, info_before,
  info_after, ${OPTIONAL_MOVES}, import_id)
SELECT user_id, 'undo', $1, $4, CASE WHEN action = 'change' AND as_of_before IS DISTINCT FROM as_of_after THEN as_of_before END, $2,
  premium_after, CASE WHEN action = 'change' THEN premium_before END, info_after, CASE WHEN action = 'change' THEN info_before END,
  ${eachOptional((it) => {
    const isMoved = `action = 'change' AND ${it}_before IS DISTINCT FROM ${it}_after`;
    return `CASE WHEN ${isMoved} THEN ${it}_after END, CASE WHEN ${isMoved} THEN ${it}_before END`;
  })}, $3
FROM undoing WHERE goes ORDER BY user_id`;

/** What the undo did to each row, and which it left: $1 its entry. */
export const KEEP_ROWS = `
INSERT INTO key_user_import_row (import_id, user_id, line, action, version, premium_before, premium_after, info_before, info_after,
  ${OPTIONAL_MOVES}, as_of_before, as_of_after, left_to, left_at)
SELECT $1, user_id, line, CASE WHEN NOT goes THEN 'leave' WHEN action = 'change' THEN 'back' ELSE 'remove' END,
  CASE WHEN goes THEN version_now + 1 ELSE version_now END,
  CASE WHEN NOT is_removed_now THEN premium_now END,
  CASE WHEN goes AND action = 'change' THEN premium_before WHEN NOT goes AND NOT is_removed_now THEN premium_now END,
  info_now, CASE WHEN goes AND action = 'change' THEN info_before WHEN NOT goes THEN info_now END,
  ${eachOptional((it) => `${it}_now, CASE WHEN goes AND action = 'change' THEN ${it}_before WHEN NOT goes THEN ${it}_now END`)},
  as_of_now, CASE WHEN goes AND action = 'change' THEN as_of_before ELSE as_of_now END,
  CASE WHEN NOT goes THEN updated_by END, CASE WHEN NOT goes THEN updated_at END
FROM undoing`;
