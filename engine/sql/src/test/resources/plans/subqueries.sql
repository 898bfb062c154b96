-- Every task holds the tables of its subqueries; the stream is not moved.
CREATE TABLE bl (id STRING PRIMARY KEY, cid BIGINT, lim BIGINT) WITH ('topic' = 'bl');
CREATE STREAM orders (id BIGINT, cid BIGINT, amt BIGINT) WITH ('topic' = 'orders');
CREATE STREAM out AS
SELECT id, (SELECT MAX(b.lim) FROM bl b WHERE b.cid = o.cid) AS most FROM orders o
WHERE amt > 5 AND EXISTS (SELECT 1 FROM bl WHERE bl.cid = o.cid AND lim > amt) AND id NOT IN (SELECT cid FROM bl);
CREATE TABLE sums AS SELECT cid, SUM(amt) AS s FROM orders GROUP BY cid HAVING SUM(amt) > ALL (SELECT lim FROM bl);
-- plan --
STREAM out (unit out)
  logical plan:
    write out as json: id, subquery_3 AS most
      key: none
      filter (amt > 5) AND subquery_1 AND (NOT subquery_2)
        subquery exists on cid = cid and lim > amt
            changes of the table
              scan bl: topic bl as json
                reads: cid BIGINT, lim BIGINT
                time: the record's, disorder 0s, late data drop
        subquery id = any cid
            changes of the table
              scan bl: topic bl as json
                reads: cid BIGINT
                time: the record's, disorder 0s, late data drop
        subquery value max on cid = cid
            changes of the table
              scan bl: topic bl as json
                reads: cid BIGINT, lim BIGINT
                time: the record's, disorder 0s, late data drop
          scan orders: topic orders as json
            reads: id BIGINT, cid BIGINT, amt BIGINT
            time: the record's, disorder 0s, late data drop
  rules: PruneScanColumns
  stages:
    out-0:
      from topic bl
      table in store out-table-5cfba5fee7: cid BIGINT, lim BIGINT
        memory: at most 158 bytes, its key and its texts for each row of the table; those that do not fit go to disk
      to repartition out-subquery-fbdad11f5f to every task: cid BIGINT, lim BIGINT
    out-1:
      from topic bl
      table in store out-table-58cbdd2ace: cid BIGINT
        memory: at most 147 bytes, its key and its texts for each row of the table; those that do not fit go to disk
      to repartition out-subquery-3ddb2cff60 to every task: cid BIGINT
    out-2:
      from topic bl
      table in store out-table-5cfba5fee7-2: cid BIGINT, lim BIGINT
        memory: at most 158 bytes, its key and its texts for each row of the table; those that do not fit go to disk
      to repartition out-subquery-fbdad11f5f-2 to every task: cid BIGINT, lim BIGINT
    out-3:
      from topic orders
      subqueries: exists on cid = cid and lim > amt in repartition out-subquery-fbdad11f5f, id = any cid in repartition out-subquery-3ddb2cff60, value max on cid = cid in repartition out-subquery-fbdad11f5f-2; state out-lookup-8996af05e8: every row of the tables
        memory: at most 232 bytes and its texts for each row of out-subquery-fbdad11f5f, at most 192 bytes and its texts for each row of out-subquery-3ddb2cff60, at most 232 bytes and its texts for each row of out-subquery-fbdad11f5f-2, all in memory
      filter (amt > 5) AND subquery_1 AND (NOT subquery_2)
      to topic out

TABLE sums (unit sums)
  logical plan:
    write sums as json: cid, sum AS s
      key: cid
      filter subquery_1
        subquery sum > all CAST(lim AS DECIMAL(19, 0))
            changes of the table
              scan bl: topic bl as json
                reads: lim BIGINT
                time: the record's, disorder 0s, late data drop
          aggregate SUM(amt) by cid, emit changes
            scan orders: topic orders as json
              reads: cid BIGINT, amt BIGINT
              time: the record's, disorder 0s, late data drop
  rules: PruneScanColumns
  stages:
    sums-0:
      from topic bl
      table in store sums-table-1e933c39b8: lim BIGINT
        memory: at most 147 bytes, its key and its texts for each row of the table; those that do not fit go to disk
      to repartition sums-subquery-6228bf1b1b to every task: lim BIGINT
    sums-1:
      from topic orders
      to repartition sums-group-cfaeacd5c8 by cid: cid BIGINT, amt BIGINT
    sums-2:
      from repartition sums-group-cfaeacd5c8
      aggregate in store sums-aggregate-8141f9073c: cid BIGINT, sum DECIMAL(38, 0)
        memory: at most 200 bytes and its texts for each group; at most max_aggregation_groups in memory, the others on disk
      subqueries: sum > all CAST(lim AS DECIMAL(19, 0)) in repartition sums-subquery-6228bf1b1b; state sums-lookup-31140fc7d4: every row of the tables
        memory: at most 192 bytes and its texts for each row of sums-subquery-6228bf1b1b, all in memory
      filter subquery_1
      to topic sums
