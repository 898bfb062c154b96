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

CREATE TABLE results (
  customer STRING,
  n BIGINT,
  total DOUBLE,
  PRIMARY KEY (customer) NOT ENFORCED
) WITH (
  'connector' = 'upsert-kafka',
  'topic' = '${output}',
  'properties.bootstrap.servers' = '${bootstrap}',
  'sink.delivery-guarantee' = 'exactly-once',
  'sink.transactional-id-prefix' = '${application}',
  'key.format' = 'raw',
  'value.format' = 'json',
  ${producer}
);

INSERT INTO results
SELECT customer, COUNT(*), SUM(amount)
FROM orders
GROUP BY customer;
