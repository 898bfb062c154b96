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

CREATE TABLE payments (
  payment BIGINT,
  order_id BIGINT,
  `method` STRING,
  paid DOUBLE,
  ts BIGINT,
  event_time AS TO_TIMESTAMP_LTZ(ts, 3),
  WATERMARK FOR event_time AS event_time - INTERVAL '5' SECOND
) WITH (
  'connector' = 'kafka',
  'topic' = '${side}',
  'properties.bootstrap.servers' = '${bootstrap}',
  'properties.group.id' = '${application}',
  'scan.startup.mode' = 'earliest-offset',
  'format' = 'json',
  ${consumer}
);

CREATE TABLE results (
  id BIGINT,
  customer STRING,
  amount DOUBLE,
  payment BIGINT,
  `method` STRING,
  paid DOUBLE
) WITH (
  'connector' = 'kafka',
  'topic' = '${output}',
  'properties.bootstrap.servers' = '${bootstrap}',
  'sink.delivery-guarantee' = 'exactly-once',
  'sink.transactional-id-prefix' = '${application}',
  'format' = 'json',
  ${producer}
);

INSERT INTO results
SELECT o.id, o.customer, o.amount, p.payment, p.`method`, p.paid
FROM orders AS o
JOIN payments AS p ON o.id = p.order_id
  AND p.event_time BETWEEN o.event_time - INTERVAL '1' MINUTE AND o.event_time + INTERVAL '1' MINUTE;
