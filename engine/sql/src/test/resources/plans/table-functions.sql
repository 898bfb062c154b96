-- Several elements of one row; what groups them reads them in the same stage.
CREATE STREAM s (id BIGINT, items ARRAY<STRING>, prices ARRAY<BIGINT>, note STRING) WITH ('topic' = 's');
CREATE STREAM lines AS SELECT id, EXPLODE(items) AS item, EXPLODE(prices) + 1 AS price FROM s WHERE id > 0;
CREATE TABLE counts AS SELECT item, COUNT(*) AS n FROM (SELECT EXPLODE(items) AS item FROM s) e GROUP BY item;
-- plan --
STREAM lines (unit lines)
  logical plan:
    write lines as json: id, explode AS item, explode + 1 AS price
      key: none
      a row for each element of items, prices
        filter id > 0
          scan s: topic s as json
            reads: id BIGINT, items ARRAY<STRING>, prices ARRAY<BIGINT>
            time: the record's, disorder 0s, late data drop
  rules: PruneScanColumns
  stages:
    lines-0:
      from topic s
      filter id > 0
      a row for each element of items, prices
      to topic lines

TABLE counts (unit counts)
  logical plan:
    write counts as json: item, count AS n
      key: item
      aggregate COUNT(*) by item, emit changes
        project item STRING
          a row for each element of items
            scan s: topic s as json
              reads: items ARRAY<STRING>
              time: the record's, disorder 0s, late data drop
  rules: PruneScanColumns
  stages:
    counts-0:
      from topic s
      a row for each element of items
      project explode
      to repartition counts-group-6b2819ab10 by item: item STRING
    counts-1:
      from repartition counts-group-6b2819ab10
      aggregate in store counts-aggregate-22bca7c4a8: item STRING, count BIGINT
        memory: at most 152 bytes and its texts for each group; at most max_aggregation_groups in memory, the others on disk
      to topic counts
