CREATE STREAM prices (symbol STRING, price DOUBLE, venue STRING);

CREATE STREAM moves AS
SELECT symbol PRIMARY KEY, price, _offset AS o,
  price - LAG(price) OVER (ROWS WINDOW BUFFER 100 ROWS PARTITION BY symbol ORDER BY _event_time) AS move,
  AVG(price) OVER (ROWS WINDOW BUFFER 100 ROWS PARTITION BY symbol ORDER BY _event_time
    ROWS BETWEEN 9 PRECEDING AND CURRENT ROW EXPIRE AFTER INTERVAL '5' MINUTE INACTIVITY) AS mean
FROM prices WHERE price > 0;

CREATE TABLE changes AS
SELECT symbol, MAX(price) AS high, LAG(MAX(price)) OVER (PARTITION BY symbol ORDER BY _window_start) AS before
FROM prices GROUP BY symbol WINDOW TUMBLING(1m);
-- plan --
STREAM moves (unit moves)
  logical plan:
    write moves as json: symbol, price, _offset AS o, price - lag AS move, avg AS mean
      key: symbol
      over LAG(price, 1), AVG(price) rows 9 preceding to current row by symbol
        filter price > 0.0
          scan prices: topic prices as json
            reads: symbol STRING, price DOUBLE
            time: the record's, disorder 0s, late data drop
  rules: PruneScanColumns
  stages:
    moves-0:
      from topic prices
      filter price > 0.0
      to repartition moves-over-cf37458496 by symbol: symbol STRING, price DOUBLE, _offset BIGINT
    moves-1:
      from repartition moves-over-cf37458496
      over in store moves-over-7e87cbcfcb, a partition keeps the last 100 rows ordered by _event_time with price DOUBLE, forgotten after 1m; and the last 100 rows ordered by _event_time with price DOUBLE, forgotten after 5m; at most 26 kB and its texts
      to topic moves

TABLE changes (unit changes)
  logical plan:
    write changes as json: symbol, max AS high, lag AS before
      key: symbol
      over LAG(max, 1) by symbol
        aggregate MAX(price) by symbol, tumbling 1m, emit final
          scan prices: topic prices as json
            reads: symbol STRING, price DOUBLE
            time: the record's, disorder 0s, late data drop
  rules: PruneScanColumns
  stages:
    changes-0:
      from topic prices
      to repartition changes-group-ae19b0b4c3 by symbol: symbol STRING, price DOUBLE
    changes-1:
      from repartition changes-group-ae19b0b4c3
      aggregate in store changes-aggregate-b3472985eb: symbol STRING, max DOUBLE, _window_start BIGINT, _window_end BIGINT
        memory: at most 168 bytes and its texts for each group of an open window; at most max_aggregation_groups in memory, the others on disk, and max_windows_per_key windows of a key
      to repartition changes-over-94514e098d by symbol: symbol STRING, max DOUBLE, _window_start BIGINT, _window_end BIGINT
    changes-2:
      from repartition changes-over-94514e098d
      over in store changes-over-591f6f1113, a partition keeps the last 2 rows ordered by _window_start with max DOUBLE; at most 2 kB and its texts
      to topic changes
