-- Buffers, frames and expiry of OVER.
CREATE STREAM orders (id BIGINT, customer STRING, amount DECIMAL(10, 2), qty BIGINT, ts TIMESTAMP) WITH ('topic' = 'orders', 'event.time.field' = 'ts');
CREATE STREAM out AS SELECT id, AVG(amount) OVER (ROWS WINDOW BUFFER 100 ROWS PARTITION BY customer ORDER BY ts ROWS BETWEEN 9 PRECEDING AND CURRENT ROW EXPIRE AFTER INTERVAL '1' HOUR INACTIVITY) AS moving, LAG(amount, 2, 0) OVER (PARTITION BY customer ORDER BY ts) AS before, SUM(qty) OVER (PARTITION BY customer ORDER BY ts RANGE BETWEEN INTERVAL '5' MINUTE PRECEDING AND CURRENT ROW) AS recent FROM orders;
-- plan --
STREAM out (unit out)
  logical plan:
    write out as json: id, avg AS moving, lag AS before, sum AS recent
      key: none
      over AVG(amount) rows 9 preceding to current row, LAG(CAST(amount AS DECIMAL(21, 2)), 2, 0.00), SUM(qty) range 300000 preceding to current row by customer
        scan orders: topic orders as json
          reads: id BIGINT, customer STRING, amount DECIMAL(10, 2), qty BIGINT, ts TIMESTAMP
          time: ts, disorder 0s, late data drop
  rules: none
  stages:
    out-0:
      from topic orders
      to repartition out-over-a4fe452081 by customer: id BIGINT, customer STRING, amount DECIMAL(10, 2), qty BIGINT, ts TIMESTAMP
    out-1:
      from repartition out-over-a4fe452081
      over in store out-over-817c520adb, a partition keeps the last 100 rows ordered by ts with amount DECIMAL(10, 2), forgotten after 1h; and the last 3 rows and those within 300000 ordered by ts with CAST(amount AS DECIMAL(21, 2)) DECIMAL(21, 2), qty BIGINT; its memory has no bound
      to topic out
