-- The first rows of a window, of a partition, and of everything.
CREATE STREAM orders (id BIGINT, customer STRING, amount DECIMAL(10, 2), qty BIGINT, ts TIMESTAMP) WITH ('topic' = 'orders', 'event.time.field' = 'ts');
CREATE STREAM of_window AS SELECT customer, SUM(amount) AS total FROM orders GROUP BY customer WINDOW TUMBLING(1h) ORDER BY total DESC LIMIT 3 EMIT FINAL;
CREATE STREAM of_partition AS SELECT * FROM (SELECT id, customer, amount, ROW_NUMBER() OVER (PARTITION BY customer ORDER BY amount DESC) AS n FROM orders) r WHERE n <= 2;
CREATE STREAM limited AS SELECT id FROM orders LIMIT 100;
-- plan --
STREAM of_window (unit of_window)
  logical plan:
    write of_window as json: customer, sum AS total
      key: customer
      in each window the first 3 by sum desc
        aggregate SUM(amount) by customer, tumbling 1h, emit final
          scan orders: topic orders as json
            reads: customer STRING, amount DECIMAL(10, 2), ts TIMESTAMP
            time: ts, disorder 0s, late data drop
  rules: PruneScanColumns
  stages:
    of_window-0:
      from topic orders
      to repartition of_window-group-5907dfda44 by customer: customer STRING, amount DECIMAL(10, 2)
    of_window-1:
      from repartition of_window-group-5907dfda44
      aggregate in store of_window-aggregate-113cfd43bc: customer STRING, sum DECIMAL(38, 2), _window_start BIGINT, _window_end BIGINT
        memory: at most 200 bytes and its texts for each group of an open window; at most max_aggregation_groups in memory, the others on disk, and max_windows_per_key windows of a key
      to repartition of_window-sort-6dfb6d73bd by nothing: customer STRING, sum DECIMAL(38, 2), _window_start BIGINT, _window_end BIGINT
    of_window-2:
      from repartition of_window-sort-6dfb6d73bd
      sort in store of_window-sort-3bdb6a024d, a window keeps the first 3 rows by sum desc
        memory: at most 2032 bytes and their texts for each open window
      to topic of_window

STREAM of_partition (unit of_partition)
  logical plan:
    write of_partition as json: id, customer, amount, n
      key: none
      project id BIGINT, customer STRING, amount DECIMAL(10, 2), n BIGINT
        filter row_number <= 2
          over ROW_NUMBER() by customer
            scan orders: topic orders as json
              reads: id BIGINT, customer STRING, amount DECIMAL(10, 2), ts TIMESTAMP
              time: ts, disorder 0s, late data drop
  rules: PushFilterBelowProject, KeepFirstRows, PruneScanColumns
  stages:
    of_partition-0:
      from topic orders
      to repartition of_partition-over-bae409c226 by customer: id BIGINT, customer STRING, amount DECIMAL(10, 2), ts TIMESTAMP
    of_partition-1:
      from repartition of_partition-over-bae409c226
      over in store of_partition-over-4faa28417b, a partition keeps the first 2 rows ordered by amount desc; at most 2 kB and its texts
      filter row_number <= 2
      project id, customer, amount, row_number
      to topic of_partition

STREAM limited (unit limited)
  logical plan:
    write limited as json: id
      key: none
      limit 100
        scan orders: topic orders as json
          reads: id BIGINT, ts TIMESTAMP
          time: ts, disorder 0s, late data drop
  rules: PruneScanColumns
  stages:
    limited-0:
      from topic orders
      to repartition limited-limit-29bb2c2b4d by nothing: id BIGINT
    limited-1:
      from repartition limited-limit-29bb2c2b4d
      limit 100
      to topic limited
