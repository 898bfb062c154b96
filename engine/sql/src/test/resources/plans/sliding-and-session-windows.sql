CREATE STREAM clicks (customer STRING, page STRING, ts TIMESTAMP)
  WITH ('topic' = 'clicks', 'event.time.field' = 'ts', 'watermark.max_out_of_orderness' = '10s');

CREATE TABLE busy AS
SELECT page, COUNT(*) AS n, _window_start AS ws FROM clicks GROUP BY page WINDOW SLIDING(10m, 1m)
HAVING COUNT(*) > 100 EMIT FINAL;

CREATE TABLE visits AS
SELECT customer, COUNT(*) AS pages, FIRST(page) AS entry FROM clicks GROUP BY customer
WINDOW SESSION (30 MINUTES, GRACE PERIOD 1 MINUTE);
-- plan --
TABLE busy (unit busy)
  logical plan:
    write busy as json: page, count AS n, _window_start AS ws
      key: page
      filter count > 100
        aggregate COUNT(*) by page, sliding 10m by 1m, emit final
          scan clicks: topic clicks as json
            reads: page STRING, ts TIMESTAMP
            time: ts, disorder 10s, late data drop
  rules: PruneScanColumns
  stages:
    busy-0:
      from topic clicks
      to repartition busy-group-1a64006d1a by page: page STRING
    busy-1:
      from repartition busy-group-1a64006d1a
      aggregate in store busy-aggregate-9525851ada: page STRING, count BIGINT, _window_start BIGINT, _window_end BIGINT
        memory: at most 152 bytes and its texts for each group of an open window; at most max_aggregation_groups in memory, the others on disk, and max_windows_per_key windows of a key
      filter count > 100
      to topic busy

TABLE visits (unit visits)
  logical plan:
    write visits as json: customer, count AS pages, first AS entry
      key: customer
      aggregate COUNT(*), FIRST(page) by customer, session with gap 30m with grace 1m, emit final
        scan clicks: topic clicks as json
          reads: customer STRING, page STRING, ts TIMESTAMP
          time: ts, disorder 10s, late data drop
  rules: none
  stages:
    visits-0:
      from topic clicks
      to repartition visits-group-da00714f32 by customer: customer STRING, page STRING
    visits-1:
      from repartition visits-group-da00714f32
      aggregate in store visits-aggregate-beb69ff28c: customer STRING, count BIGINT, first STRING, _window_start BIGINT, _window_end BIGINT
        memory: at most 438 bytes and its texts for each session; at most max_windows_per_key of a key, all in memory
      to topic visits
