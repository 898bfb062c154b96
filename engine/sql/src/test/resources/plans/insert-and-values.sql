-- INSERT INTO writes to what exists; VALUES once in the life of the job.
CREATE STREAM orders (id BIGINT, customer STRING, amount DECIMAL(10, 2), qty BIGINT, ts TIMESTAMP) WITH ('topic' = 'orders', 'event.time.field' = 'ts');
CREATE STREAM big AS SELECT id, qty FROM orders WHERE qty > 100;
INSERT INTO big SELECT id, qty FROM orders WHERE id < 0;
INSERT INTO big (id, qty) VALUES (1, 2), (3, NULL);
-- plan --
STREAM big (unit big)
  logical plan:
    write big as json: id, qty
      key: none
      filter qty > 100
        scan orders: topic orders as json
          reads: id BIGINT, qty BIGINT, ts TIMESTAMP
          time: ts, disorder 0s, late data drop
  rules: PruneScanColumns
  stages:
    big-0:
      from topic orders
      filter qty > 100
      to topic big

STREAM insert_1_into_big (unit insert_1_into_big)
  logical plan:
    write big as json: id, qty
      key: none
      filter id < 0
        scan orders: topic orders as json
          reads: id BIGINT, qty BIGINT, ts TIMESTAMP
          time: ts, disorder 0s, late data drop
  rules: PruneScanColumns
  stages:
    insert_1_into_big-0:
      from topic orders
      filter id < 0
      to topic big

VALUES values_1_into_big: 2 rows into big, once
