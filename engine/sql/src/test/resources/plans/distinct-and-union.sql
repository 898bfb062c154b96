-- DISTINCT is a group that only comes once; UNION removes duplicates, UNION ALL does not.
CREATE STREAM orders (id BIGINT, customer STRING, amount DECIMAL(10, 2), qty BIGINT, ts TIMESTAMP) WITH ('topic' = 'orders', 'event.time.field' = 'ts');
CREATE STREAM seen AS SELECT DISTINCT customer FROM orders;
CREATE STREAM seen_in_window AS SELECT DISTINCT customer FROM orders WINDOW TUMBLING(1m);
CREATE STREAM all_of AS SELECT id FROM orders UNION ALL SELECT qty AS id FROM orders;
CREATE STREAM each_of AS SELECT id FROM orders UNION SELECT qty AS id FROM orders;
-- plan --
STREAM seen (unit seen)
  logical plan:
    write seen as json: customer
      key: none
      aggregate  by customer, emit first
        scan orders: topic orders as json
          reads: customer STRING, ts TIMESTAMP
          time: ts, disorder 0s, late data drop
  rules: PruneScanColumns
  stages:
    seen-0:
      from topic orders
      to repartition seen-group-1b165eacca by customer: customer STRING
    seen-1:
      from repartition seen-group-1b165eacca
      aggregate in store seen-aggregate-a622d563ca: customer STRING
        memory: at most 136 bytes and its texts for each group; at most max_aggregation_groups in memory, the others on disk
      to topic seen

STREAM seen_in_window (unit seen_in_window)
  logical plan:
    write seen_in_window as json: customer
      key: none
      aggregate  by customer, tumbling 1m, emit final
        scan orders: topic orders as json
          reads: customer STRING, ts TIMESTAMP
          time: ts, disorder 0s, late data drop
  rules: PruneScanColumns
  stages:
    seen_in_window-0:
      from topic orders
      to repartition seen_in_window-group-1b165eacca by customer: customer STRING
    seen_in_window-1:
      from repartition seen_in_window-group-1b165eacca
      aggregate in store seen_in_window-aggregate-210873e8db: customer STRING, _window_start BIGINT, _window_end BIGINT
        memory: at most 136 bytes and its texts for each group of an open window; at most max_aggregation_groups in memory, the others on disk, and max_windows_per_key windows of a key
      to topic seen_in_window

STREAM all_of (unit all_of)
  logical plan:
    write all_of as json: id
      key: none
      scan orders: topic orders as json
        reads: id BIGINT, ts TIMESTAMP
        time: ts, disorder 0s, late data drop
    write all_of as json: qty AS id
      key: none
      scan orders: topic orders as json
        reads: qty BIGINT, ts TIMESTAMP
        time: ts, disorder 0s, late data drop
  rules: PruneScanColumns
  stages:
    all_of-0:
      from topic orders
      to topic all_of
    all_of_2-0:
      from topic orders
      to topic all_of

STREAM each_of.union (unit each_of.union)
  logical plan:
    write each_of.union as json: id
      key: none
      scan orders: topic orders as json
        reads: id BIGINT, ts TIMESTAMP
        time: ts, disorder 0s, late data drop
    write each_of.union as json: qty AS id
      key: none
      scan orders: topic orders as json
        reads: qty BIGINT, ts TIMESTAMP
        time: ts, disorder 0s, late data drop
  rules: PruneScanColumns
  stages:
    each_of.union-0:
      from topic orders
      to topic each_of.union
    each_of.union_2-0:
      from topic orders
      to topic each_of.union

STREAM each_of (unit each_of)
  logical plan:
    write each_of as json: id
      key: none
      aggregate  by id, emit first
        scan each_of.union: topic each_of.union as json
          reads: id BIGINT
          time: the record's, disorder 0s, late data drop
  rules: none
  stages:
    each_of-0:
      from topic each_of.union
      to repartition each_of-group-69bda03453 by id: id BIGINT
    each_of-1:
      from repartition each_of-group-69bda03453
      aggregate in store each_of-aggregate-b0e0d8e933: id BIGINT
        memory: at most 136 bytes and its texts for each group; at most max_aggregation_groups in memory, the others on disk
      to topic each_of
