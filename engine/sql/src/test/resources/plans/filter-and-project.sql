-- Only the fields that are used are read; constants are computed while planning.
CREATE STREAM orders (id BIGINT, customer STRING, amount DECIMAL(10, 2), note STRING, ts TIMESTAMP)
  WITH ('topic' = 'orders', 'event.time.field' = 'ts', 'watermark.max_out_of_orderness' = '5s');
CREATE STREAM big AS
SELECT id, UPPER(customer) AS customer, amount * (1 + 1) AS twice
FROM orders
WHERE amount > 10 * 10 AND TRUE;
-- plan --
STREAM big (unit big)
  logical plan:
    write big as json: id, UPPER(customer) AS customer, amount * 2 AS twice
      key: none
      filter amount > 100
        scan orders: topic orders as json
          reads: id BIGINT, customer STRING, amount DECIMAL(10, 2), ts TIMESTAMP
          time: ts, disorder 5s, late data drop
  rules: FoldConstants, PruneScanColumns
  stages:
    big-0:
      from topic orders
      filter amount > 100
      to topic big
