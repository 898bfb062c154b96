CREATE STREAM orders (
  id BIGINT KEY,
  customer STRING,
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

CREATE STREAM payments (
  payment BIGINT,
  order_id BIGINT KEY,
  method STRING,
  paid DOUBLE,
  ts BIGINT
) WITH (
  'type' = 'kafka_source',
  'topic' = '${side}',
  'bootstrap.servers' = '${bootstrap}',
  'format' = 'json',
  'key.format' = 'text',
  'auto.offset.reset' = 'earliest',
  'event.time.field' = 'ts',
  'event.time.format' = 'epoch_millis',
  'watermark.max_out_of_orderness' = '5s'
);

CREATE STREAM results AS
SELECT o.id, o.customer, o.amount, p.payment, p.method, p.paid
FROM orders o
JOIN payments p ON o.id = p.order_id WITHIN INTERVAL '1' MINUTE
EMIT CHANGES
WITH (
  'results.type' = 'kafka_sink',
  'results.topic' = '${output}',
  'results.bootstrap.servers' = '${bootstrap}',
  'results.format' = 'json'
);
