-- HAVING on a group key is asked before grouping; GROUP BY another column than the key repartitions.
CREATE STREAM orders (id BIGINT, customer STRING, amount DECIMAL(10, 2), ts TIMESTAMP)
  WITH ('topic' = 'orders', 'event.time.field' = 'ts');
CREATE TABLE totals AS
SELECT customer, COUNT(*) AS orders, SUM(amount) AS total, AVG(amount) AS mean, _window_start AS since
FROM orders
WHERE amount > 0
GROUP BY customer
HAVING customer <> 'test' AND COUNT(*) > 1
WINDOW TUMBLING(1m)
EMIT FINAL;
-- plan --
TABLE totals (unit totals)
  logical plan:
    write totals as json: customer, count AS orders, sum AS total, avg AS mean, _window_start AS since
      key: customer
      filter count > 1
        aggregate COUNT(*), SUM(amount), AVG(amount) by customer, tumbling 1m, emit final
          filter (amount > 0) AND (customer <> 'test')
            scan orders: topic orders as json
              reads: customer STRING, amount DECIMAL(10, 2), ts TIMESTAMP
              time: ts, disorder 0s, late data drop
  rules: PushFilterBelowAggregate, MergeFilters, PruneScanColumns
  stages:
    totals-0:
      from topic orders
      filter (amount > 0) AND (customer <> 'test')
      to repartition totals-group-5907dfda44 by customer: customer STRING, amount DECIMAL(10, 2)
    totals-1:
      from repartition totals-group-5907dfda44
      aggregate in store totals-aggregate-56068d36e3: customer STRING, count BIGINT, sum DECIMAL(38, 2), avg DECIMAL(38, 6), _window_start BIGINT, _window_end BIGINT
        memory: at most 280 bytes and its texts for each group of an open window; at most max_aggregation_groups in memory, the others on disk, and max_windows_per_key windows of a key
      filter count > 1
      to topic totals
