import { eachOptional } from "./optional-columns.ts";

/** What the reader calls blank: white space of any script. */
const WHITE = "\\s\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff";
const isBlank = (column: string): string => `coalesce(${column}, '') ~ '^[${WHITE}]*$'`;

/**
 * Puts the lines of an import into the temporary table `staged`, each with what it does (`action`): add, restore, change, same,
 * conflict, or missing (no amount for somebody who is not on the list).
 *
 * Parameters: $1 to $8 the columns of the lines, $9 the rule for blank cells (null: a text is erased, a time says nothing),
 * $10 now in ms; then of each optional column its values and whether a line has it at all: $11 and $12 segments, $13 and $14 names,
 * $15 and $16 telephones. Names and telephones are sealed: equal ones of a customer are equal bytes.
 *
 * A line may name the version that its writer saw. Each version is one row of the history, so the newest (version now − version
 * seen) rows tell what moved since. By rule W5 an amount that moved is left as it stands; a text is left when a person
 * changed it, or when the line holds nothing but what its writer saw.
 */
export const STAGE_IMPORT = `
CREATE TEMPORARY TABLE staged ON COMMIT DROP AS
WITH beside AS (
  SELECT n.*, k.user_id IS NOT NULL AS is_known, k.user_id IS NOT NULL AND k.removed_at IS NULL AS is_listed,
    coalesce(n.version <> k.version, false) AS is_stale, k.version AS version_before, k.updated_by,
    k.raw_premium AS premium_before, k.raw_info AS info_before, ${eachOptional((it) => `k.${it} AS ${it}_before`)}, k.baseline_as_of AS as_of_before,
    NOT coalesce(s.is_told, false) OR s.amount_moved AS amount_moved,
    NOT coalesce(s.is_told, false) OR s.info_moved AS info_moved, s.info_seen,
    ${eachOptional((it) => `NOT coalesce(s.is_told, false) OR s.${it}_moved AS ${it}_moved`)}
  FROM unnest($1::int[], $2::bigint[], $3::numeric[], $4::text[], $5::bigint[], $6::boolean[], $7::int[], $8::boolean[],
      $11::text[], $12::boolean[], $13::bytea[], $14::boolean[], $15::bytea[], $16::boolean[])
    AS n (line, user_id, premium, info, as_of, is_time_blank, version, was_removed,
      ${eachOptional((it) => `${it}, is_${it}_told`)})
  LEFT JOIN key_user k ON k.user_id = n.user_id
  LEFT JOIN LATERAL (
    SELECT count(*) = k.version - n.version AS is_told,
      bool_or(b.premium_before IS DISTINCT FROM b.premium_after OR b.effective_at IS NOT NULL) AS amount_moved,
      bool_or(b.source <> 'stream' AND b.info_before IS DISTINCT FROM b.info_after) AS info_moved,
      ${eachOptional((it) => `bool_or(b.${it}_before IS DISTINCT FROM b.${it}_after) AS ${it}_moved`)},
      (array_agg(b.info_before ORDER BY b.id))[1] AS info_seen
    FROM (SELECT * FROM baseline_change c WHERE c.user_id = k.user_id ORDER BY c.id DESC
      LIMIT greatest(k.version - n.version, 0)) b
  ) s ON n.version <> k.version
), asked AS (
  SELECT b.*, coalesce(b.premium, b.premium_before) AS premium_asked,
    CASE WHEN b.is_listed AND b.info IS NULL AND ($9::text = 'keep' OR ${isBlank("b.info_before")}) THEN b.info_before
      ELSE b.info END AS info_asked,
    ${eachOptional(
      (
        it,
      ) => `CASE WHEN NOT b.is_${it}_told OR (b.is_listed AND b.${it} IS NULL AND $9::text = 'keep') THEN b.${it}_before
      ELSE b.${it} END AS ${it}_asked`,
    )},
    b.is_listed AND coalesce($9::text = 'erase', false) AND b.is_time_blank AND b.as_of_before IS NOT NULL AS erases_time
  FROM beside b
), compared AS (
  SELECT a.*, a.premium_asked IS DISTINCT FROM a.premium_before AS is_premium_new,
    a.erases_time OR (a.as_of IS NOT NULL AND a.as_of IS DISTINCT FROM a.as_of_before) AS is_time_new,
    a.info_asked IS DISTINCT FROM a.info_before AS is_info_new,
    ${eachOptional((it) => `a.${it}_asked IS DISTINCT FROM a.${it}_before AS is_${it}_new`)}
  FROM asked a
), judged AS (
  SELECT c.*, c.is_listed AND c.is_stale AND c.amount_moved AND (c.is_premium_new OR c.is_time_new) AS is_amount_left,
    c.is_listed AND c.is_stale AND c.is_info_new AND (c.info_moved OR c.info IS NOT DISTINCT FROM c.info_seen
      OR (c.info IS NULL AND ${isBlank("c.info_seen")})) AS is_info_left,
    ${eachOptional((it) => `c.is_listed AND c.is_stale AND c.is_${it}_new AND c.${it}_moved AS is_${it}_left`)}
  FROM compared c
), decided AS (
  SELECT j.*, CASE
    WHEN NOT j.is_listed AND j.is_known AND j.was_removed THEN 'same'
    WHEN j.is_stale AND j.is_listed = j.was_removed THEN 'conflict'
    WHEN NOT j.is_listed AND j.premium IS NULL THEN 'missing'
    WHEN NOT j.is_known THEN 'add'
    WHEN NOT j.is_listed THEN 'restore'
    WHEN NOT j.is_amount_left AND (j.is_premium_new OR j.is_time_new) THEN 'change'
    WHEN NOT j.is_info_left AND j.is_info_new THEN 'change'
    ${eachOptional((it) => `WHEN NOT j.is_${it}_left AND j.is_${it}_new THEN 'change'`, " ")}
    WHEN j.is_amount_left OR j.is_info_left OR ${eachOptional((it) => `j.is_${it}_left`, " OR ")} THEN 'conflict'
    ELSE 'same' END AS action
  FROM judged j
)
SELECT d.line, d.user_id, d.action, d.version_before, d.updated_by, d.premium_before, d.info_before, ${eachOptional((it) => `d.${it}_before`)},
  CASE WHEN d.is_amount_left THEN d.premium_before ELSE d.premium_asked END AS raw_premium,
  CASE WHEN d.is_info_left THEN d.info_before ELSE d.info_asked END AS raw_info,
  ${eachOptional((it) => `CASE WHEN d.is_${it}_left THEN d.${it}_before ELSE d.${it}_asked END AS ${it}`)},
  CASE WHEN NOT d.is_listed THEN d.as_of WHEN d.erases_time THEN NULL ELSE coalesce(d.as_of, $10::bigint) END AS as_of,
  d.is_listed AND (d.is_amount_left OR NOT (d.is_premium_new OR d.is_time_new)) AS keeps_place,
  d.as_of AS as_of_given, d.premium_asked, d.info_asked, ${eachOptional((it) => `d.${it}_asked`)},
  CASE WHEN d.is_stale AND d.is_known AND d.action = 'conflict' AND d.is_listed = d.was_removed THEN ARRAY['removed_at']
    ELSE array_remove(ARRAY[CASE WHEN d.is_amount_left AND d.is_premium_new THEN 'raw_premium' END,
      CASE WHEN d.is_amount_left AND d.is_time_new THEN 'baseline_as_of' END,
      CASE WHEN d.is_info_left THEN 'raw_info' END, ${eachOptional((it) => `CASE WHEN d.is_${it}_left THEN '${it}' END`)}], NULL) END AS conflicts,
  d.is_listed AND d.premium IS NULL AS is_premium_blank,
  d.is_listed AND d.info IS NULL AND NOT ${isBlank("d.info_before")} AS is_info_blank,
  ${eachOptional((it) => `d.is_listed AND d.is_${it}_told AND d.${it} IS NULL AND d.${it}_before IS NOT NULL AS is_${it}_blank`)},
  d.is_listed AND d.is_time_blank AND d.as_of_before IS NOT NULL AS is_time_blank
FROM decided d`;
