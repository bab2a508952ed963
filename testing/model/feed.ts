import { ALL_MEASURES, HOUR_MEASURES } from "#server/contracts/hour-measures.ts";

/** Of each hour the newest message that tells of it. */
const TOLD_HOURS = `SELECT DISTINCT ON (hour->>'bizHour') hour->>'bizHour' AS biz_hour, hour FROM commit_feed, json_array_elements(message->'hours') hour
  ORDER BY hour->>'bizHour', position DESC`;

/** An hour that a commit only passed through is told without figures, and has no row. */
const FIGURES = ALL_MEASURES.map((name) => {
  const { column, kind } = HOUR_MEASURES[name];
  return `coalesce(h.${column}, 0) * ${kind === "money" ? 100 : 1} <> coalesce((t.hour->>'${name}')::numeric, 0)`;
}).join(" OR ");

/** Whatever was committed is in the feed, told as the tables have it: each of these finds nothing. */
export const NOT_TOLD: readonly string[] = [
  "SELECT generate_series(1, position) FROM commit_position EXCEPT SELECT position FROM commit_feed",
  "SELECT position FROM event_log EXCEPT SELECT position FROM commit_feed",
  `SELECT biz_hour FROM hour_figure h FULL JOIN (${TOLD_HOURS}) t USING (biz_hour) WHERE ${FIGURES}`,
  `SELECT e.id FROM case_event e LEFT JOIN commit_feed f USING (position)
   WHERE (f.message->'caseIds')::jsonb ? e.case_id::text IS NOT TRUE`,
  `SELECT b.id FROM baseline_change b LEFT JOIN key_user_import i ON i.id = b.import_id
     LEFT JOIN commit_feed f ON f.position = coalesce(b.position, i.position)
   WHERE (json_typeof(f.message->'keyUserIds') = 'null' OR (f.message->'keyUserIds')::jsonb ? b.user_id::text) IS NOT TRUE`,
  `SELECT r.biz_date FROM day_revision r LEFT JOIN commit_feed f USING (position)
   WHERE (f.message->'days')::jsonb @> jsonb_build_array(jsonb_build_object('date', r.biz_date, 'revision', r.revision)) IS NOT TRUE`,
  "SELECT version FROM alert_rule r LEFT JOIN commit_feed f USING (position) WHERE version > 1 AND f.position IS NULL",
  "SELECT position FROM (SELECT position, at < lag(at) OVER (ORDER BY position) AS goes_back FROM commit_feed) f WHERE goes_back",
];
