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

CREATE TABLE results AS
SELECT customer, COUNT(*) AS n, SUM(amount) AS total
FROM orders
GROUP BY customer
EMIT CHANGES
WITH (
  'results.type' = 'kafka_sink',
  'results.topic' = '${output}',
  'results.bootstrap.servers' = '${bootstrap}',
  'results.format' = 'json'
);
