CREATE TABLE orders (
  id BIGINT,
  customer STRING,
  merchant STRING,
  product STRING,
  amount DOUBLE,
  quantity BIGINT,
  score BIGINT,
  ts BIGINT,
  event_time AS TO_TIMESTAMP_LTZ(ts, 3),
  WATERMARK FOR event_time AS event_time - INTERVAL '5' SECOND
) WITH (
  'connector' = 'kafka',
  'topic' = '${input}',
  'properties.bootstrap.servers' = '${bootstrap}',
  'properties.group.id' = '${application}',
  'scan.startup.mode' = 'earliest-offset',
  'format' = 'json',
  ${consumer}
);

-- A primary key cannot be NULL in Flink: the key column carries '' for the NULL merchant and stays out of the value.
CREATE TABLE results (
  merchant_key STRING,
  merchant STRING,
  n BIGINT,
  total DOUBLE,
  PRIMARY KEY (merchant_key) NOT ENFORCED
) WITH (
  'connector' = 'upsert-kafka',
  'topic' = '${output}',
  'properties.bootstrap.servers' = '${bootstrap}',
  'sink.delivery-guarantee' = 'exactly-once',
  'sink.transactional-id-prefix' = '${application}',
  'key.format' = 'raw',
  'value.format' = 'json',
  'value.fields-include' = 'EXCEPT_KEY',
  ${producer}
);

INSERT INTO results
SELECT merchant_key, NULLIF(merchant_key, ''), n, total
FROM (
  SELECT COALESCE(merchant, '') AS merchant_key, COUNT(*) AS n, SUM(amount) AS total
  FROM orders
  GROUP BY COALESCE(merchant, '')
);
