-- The orders job as Flink SQL. ${file}, ${jdbcUrl}, ${user}, ${password} and ${zone} are filled in by RunSql.java.
SET 'parallelism.default' = '1';
SET 'table.local-time-zone' = '${zone}';
SET 'table.exec.mini-batch.enabled' = 'true';
SET 'table.exec.mini-batch.allow-latency' = '1 s';
SET 'table.exec.mini-batch.size' = '5000';

CREATE TEMPORARY TABLE orders (
  id BIGINT,
  order_no STRING,
  customer_tel STRING,
  gmt_modified BIGINT,
  account_payble DECIMAL(18, 2)
) WITH ('connector' = 'filesystem', 'path' = '${file}', 'format' = 'json');

CREATE TEMPORARY VIEW timed AS
SELECT *, DATE_FORMAT(TO_TIMESTAMP_LTZ(gmt_modified, 3), 'yyyyMMddHH') AS biz_hour FROM orders;

-- The greatest order of a user and day, and the greatest version of an order number and day.
CREATE TEMPORARY VIEW last_order AS
SELECT * FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY SUBSTRING(biz_hour, 1, 8), id
    ORDER BY gmt_modified DESC, order_no DESC, account_payble DESC, customer_tel DESC) AS place
  FROM timed
) WHERE place = 1;

CREATE TEMPORARY VIEW gross_order AS
SELECT * FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY SUBSTRING(biz_hour, 1, 8), order_no
    ORDER BY gmt_modified DESC, account_payble DESC, id DESC) AS place
  FROM timed
) WHERE place = 1;

CREATE TEMPORARY TABLE hour_last (
  biz_hour STRING, total_premium DECIMAL(38, 2), policy_cnt BIGINT, policy_holder_cnt BIGINT,
  PRIMARY KEY (biz_hour) NOT ENFORCED
) WITH ('connector' = 'jdbc', 'url' = '${jdbcUrl}', 'username' = '${user}', 'password' = '${password}',
  'table-name' = 'flink_hour_last');

CREATE TEMPORARY TABLE hour_gross (
  biz_hour STRING, gross_premium DECIMAL(38, 2), gross_order_cnt BIGINT,
  PRIMARY KEY (biz_hour) NOT ENFORCED
) WITH ('connector' = 'jdbc', 'url' = '${jdbcUrl}', 'username' = '${user}', 'password' = '${password}',
  'table-name' = 'flink_hour_gross');

EXECUTE STATEMENT SET BEGIN
INSERT INTO hour_last
SELECT biz_hour, SUM(COALESCE(account_payble, 0)), COUNT(DISTINCT order_no), COUNT(DISTINCT customer_tel)
FROM last_order GROUP BY biz_hour;
INSERT INTO hour_gross
SELECT biz_hour, SUM(COALESCE(account_payble, 0)), COUNT(*)
FROM gross_order GROUP BY biz_hour;
END;
