-- Windows that write at each record, wait longer, or are named by the old form.
CREATE STREAM orders (id BIGINT, customer STRING, amount DECIMAL(10, 2), qty BIGINT, ts TIMESTAMP) WITH ('topic' = 'orders', 'event.time.field' = 'ts');
CREATE TABLE changes AS SELECT customer, COUNT(*) AS n FROM orders GROUP BY customer WINDOW TUMBLING(1m) EMIT CHANGES;
CREATE TABLE patient AS SELECT customer, AVG(amount) AS mean, _window_start AS w FROM orders GROUP BY customer WINDOW SLIDING(10m, 1m) EMIT FINAL WITH ('orders.allowed.lateness' = '1m', 'orders.late.data.strategy' = 'update_previous');
CREATE TABLE visits AS SELECT customer, COUNT(*) AS n FROM orders GROUP BY customer WINDOW SESSION(30s) HAVING COUNT(*) > 1;
CREATE TABLE old_form AS SELECT customer, COUNT(*) AS n, TUMBLE_START(ts, INTERVAL '1' MINUTE) AS w FROM orders GROUP BY customer, TUMBLE(ts, INTERVAL '1' MINUTE);
-- plan --
TABLE changes (unit changes)
  logical plan:
    write changes as json: customer, count AS n
      key: customer
      aggregate COUNT(*) by customer, tumbling 1m, emit changes
        scan orders: topic orders as json
          reads: customer STRING, ts TIMESTAMP
          time: ts, disorder 0s, late data drop
  rules: PruneScanColumns
  stages:
    changes-0:
      from topic orders
      to repartition changes-group-1b165eacca by customer: customer STRING
    changes-1:
      from repartition changes-group-1b165eacca
      aggregate in store changes-aggregate-6845cc2374: customer STRING, count BIGINT, _window_start BIGINT, _window_end BIGINT
        memory: at most 152 bytes and its texts for each group of an open window; at most max_aggregation_groups in memory, the others on disk, and max_windows_per_key windows of a key
      to topic changes

TABLE patient (unit patient)
  logical plan:
    write patient as json: customer, avg AS mean, _window_start AS w
      key: customer
      aggregate AVG(amount) by customer, sliding 10m by 1m, emit final
        scan orders: topic orders as json
          reads: customer STRING, amount DECIMAL(10, 2), ts TIMESTAMP
          time: ts, disorder 0s, late data update_previous, allowed lateness 1m
  rules: PruneScanColumns
  stages:
    patient-0:
      from topic orders
      to repartition patient-group-5907dfda44 by customer: customer STRING, amount DECIMAL(10, 2)
    patient-1:
      from repartition patient-group-5907dfda44
      aggregate in store patient-aggregate-1fa30fd512: customer STRING, avg DECIMAL(38, 6), _window_start BIGINT, _window_end BIGINT
        memory: at most 200 bytes and its texts for each group of an open window; at most max_aggregation_groups in memory, the others on disk, and max_windows_per_key windows of a key
      to topic patient

TABLE visits (unit visits)
  logical plan:
    write visits as json: customer, count AS n
      key: customer
      filter count > 1
        aggregate COUNT(*) by customer, session with gap 30s, emit final
          scan orders: topic orders as json
            reads: customer STRING, ts TIMESTAMP
            time: ts, disorder 0s, late data drop
  rules: PruneScanColumns
  stages:
    visits-0:
      from topic orders
      to repartition visits-group-1b165eacca by customer: customer STRING
    visits-1:
      from repartition visits-group-1b165eacca
      aggregate in store visits-aggregate-28acd6f9f7: customer STRING, count BIGINT, _window_start BIGINT, _window_end BIGINT
        memory: at most 334 bytes and its texts for each session; at most max_windows_per_key of a key, all in memory
      filter count > 1
      to topic visits

TABLE old_form (unit old_form)
  logical plan:
    write old_form as json: customer, count AS n, CAST(_window_start AS TIMESTAMP) AS w
      key: customer
      aggregate COUNT(*) by customer, tumbling 1m, emit final
        scan orders: topic orders as json
          reads: customer STRING, ts TIMESTAMP
          time: ts, disorder 0s, late data drop
  rules: PruneScanColumns
  stages:
    old_form-0:
      from topic orders
      to repartition old_form-group-1b165eacca by customer: customer STRING
    old_form-1:
      from repartition old_form-group-1b165eacca
      aggregate in store old_form-aggregate-6845cc2374: customer STRING, count BIGINT, _window_start BIGINT, _window_end BIGINT
        memory: at most 152 bytes and its texts for each group of an open window; at most max_aggregation_groups in memory, the others on disk, and max_windows_per_key windows of a key
      to topic old_form
