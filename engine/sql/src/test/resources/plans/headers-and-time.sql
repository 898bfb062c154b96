-- Headers, the record's own columns, and a time of its own for what is written.
CREATE STREAM orders (id BIGINT, customer STRING, amount DECIMAL(10, 2), qty BIGINT, ts TIMESTAMP) WITH ('topic' = 'orders', 'event.time.field' = 'ts');
CREATE STREAM out AS SELECT id PRIMARY KEY, HEADER('source') AS source, _offset AS o, _partition AS p, ts + INTERVAL '1' SECOND AS _EVENT_TIME FROM orders WHERE HAS_HEADER('source');
-- plan --
STREAM out (unit out)
  logical plan:
    write out as json: id, HEADER('source') AS source, _offset AS o, _partition AS p
      key: id
      timestamp: ts + INTERVAL 'PT1S'
      filter HAS_HEADER('source')
        scan orders: topic orders as json
          reads: id BIGINT, ts TIMESTAMP
          time: ts, disorder 0s, late data drop
  rules: PruneScanColumns
  stages:
    out-0:
      from topic orders
      filter HAS_HEADER('source')
      to topic out
