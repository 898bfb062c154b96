CREATE STREAM orders (
  id BIGINT,
  customer STRING KEY,
  merchant STRING,
  product STRING,
  amount DOUBLE,
  quantity BIGINT,
  score BIGINT,
  ts BIGINT
) WITH (
  'type' = 'kafka_source',
  'topic' = '${input}',
  'bootstrap.servers' = '${bootstrap}',
  'format' = 'json',
  'key.format' = 'text',
  'auto.offset.reset' = 'earliest',
  'event.time.field' = 'ts',
  'event.time.format' = 'epoch_millis',
  'watermark.max_out_of_orderness' = '5s'
);

CREATE TABLE customers (
  customer STRING PRIMARY KEY,
  name STRING,
  tier STRING,
  rate DOUBLE
) WITH (
  'type' = 'kafka_source',
  'topic' = '${side}',
  'bootstrap.servers' = '${bootstrap}',
  'format' = 'json',
  'key.format' = 'text',
  'auto.offset.reset' = 'earliest'
);

CREATE STREAM results AS
SELECT o.id, o.customer, c.name, c.tier, o.amount, o.amount * c.rate AS discount
FROM orders o
JOIN customers c ON o.customer = c.customer
EMIT CHANGES
WITH (
  'results.type' = 'kafka_sink',
  'results.topic' = '${output}',
  'results.bootstrap.servers' = '${bootstrap}',
  'results.format' = 'json'
);
