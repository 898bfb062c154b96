-- Orders as they come in: JSON, event time in ts, up to two seconds out of order.
CREATE STREAM orders (
  id BIGINT,
  customer STRING,
  amount DECIMAL(10, 2),
  item STRING,
  channel STRING,
  ts TIMESTAMP
) WITH (
  'topic' = 'orders',
  'format' = 'json',
  'event.time.field' = 'ts',
  'watermark.max_out_of_orderness' = '3s'
);

-- A filter with a projection: every order above 900.
CREATE STREAM big_orders AS
SELECT id, customer, amount
FROM orders
WHERE amount > 900
EMIT CHANGES
WITH ('big_orders.topic' = 'big-orders', 'big_orders.format' = 'json');

-- What each customer spent in each minute, written once when the minute is over.
CREATE TABLE customer_minutes AS
SELECT customer, _window_start AS minute, COUNT(*) AS orders, SUM(amount) AS total
FROM orders
GROUP BY customer
WINDOW TUMBLING(1m)
EMIT FINAL
WITH ('customer_minutes.topic' = 'customer-minutes', 'customer_minutes.format' = 'json');
