CREATE STREAM orders (id BIGINT, customer BIGINT, amount DOUBLE, ts TIMESTAMP) WITH (
  'topic' = 'orders', 'event.time.field' = 'ts');
CREATE STREAM payments (order_id BIGINT, ts TIMESTAMP) WITH ('topic' = 'payments', 'event.time.field' = 'ts');
CREATE TABLE customers (id BIGINT PRIMARY KEY, tier STRING, lim BIGINT) WITH ('topic' = 'customers');

