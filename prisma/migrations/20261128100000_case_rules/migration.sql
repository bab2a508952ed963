-- The queue shows which rules fired: kept with the case, so that a page need not look into all the evidence behind it.
ALTER TABLE "retention_case" ADD COLUMN "rules" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];

UPDATE "retention_case" c SET "rules" = fired."rules" FROM (
  SELECT o."case_id", array_agg(DISTINCT rule) AS "rules" FROM "occurrence" o, unnest(o."rules") AS rule GROUP BY o."case_id") fired
WHERE fired."case_id" = c."id";
