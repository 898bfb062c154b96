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

-- The version in force at the order's time. Only a join by versions waits for the table: a lookup has no Kafka connector, and a
-- regular join keeps every order for ever and takes rows back. All versions are older than the orders, and the last record of
-- the table moves its watermark beyond them.
CREATE TABLE customers (
  customer STRING,
  name STRING,
  tier STRING,
  rate DOUBLE,
  changed TIMESTAMP_LTZ(3) METADATA FROM 'timestamp' VIRTUAL,
  WATERMARK FOR changed AS changed,
  PRIMARY KEY (customer) NOT ENFORCED
) WITH (
  'connector' = 'upsert-kafka',
  'topic' = '${side}',
  'properties.bootstrap.servers' = '${bootstrap}',
  'properties.group.id' = '${application}',
  'key.format' = 'raw',
  'value.format' = 'json',
  ${consumer}
);

CREATE TABLE results (
  id BIGINT,
  customer STRING,
  name STRING,
  tier STRING,
  amount DOUBLE,
  discount DOUBLE
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
SELECT o.id, o.customer, c.name, c.tier, o.amount, o.amount * c.rate
FROM orders AS o
JOIN customers FOR SYSTEM_TIME AS OF o.event_time AS c ON o.customer = c.customer;
