-- A subquery within a subquery is computed on the rows of the one around it; its table comes to every task, too.
CREATE TABLE c (cid BIGINT PRIMARY KEY, region STRING, since BIGINT) WITH ('topic' = 'c');
CREATE TABLE r (rid BIGINT PRIMARY KEY, region STRING, floor BIGINT) WITH ('topic' = 'r');
CREATE STREAM orders (id BIGINT, cid BIGINT, amt BIGINT) WITH ('topic' = 'orders');
CREATE STREAM out AS
WITH recent AS (SELECT cid, region FROM c WHERE since > 10)
SELECT id, (SELECT c.region FROM c WHERE c.cid = o.cid ORDER BY c.since DESC LIMIT 1) AS region
FROM orders o
WHERE o.cid IN (SELECT x.cid FROM recent x WHERE x.region IN (SELECT r.region FROM r WHERE r.floor < o.amt));
-- plan --
TABLE out.recent (unit out.recent)
  logical plan:
    write out.recent as json: cid, region
      key: the input record's
      filter since > 10
        changes of the table
          scan c: topic c as json
            reads: cid BIGINT, region STRING, since BIGINT
            time: the record's, disorder 0s, late data drop
  rules: none
  stages:
    out.recent-0:
      from topic c
      table in store out.recent-table-f30ab5b0c5: cid BIGINT, region STRING, since BIGINT
        memory: at most 169 bytes, its key and its texts for each row of the table; those that do not fit go to disk
      filter since > 10
      to topic out.recent

STREAM out (unit out)
  logical plan:
    write out as json: id, subquery_2 AS region
      key: none
      filter subquery_1
        subquery cid = any cid on subquery_1
          subquery region = any region on floor < amt
              changes of the table
                scan r: topic r as json
                  reads: region STRING, floor BIGINT
                  time: the record's, disorder 0s, late data drop
            changes of the table
              scan out.recent: topic out.recent as json
                reads: cid BIGINT, region STRING
                time: the record's, disorder 0s, late data drop
        subquery value region of the first 1 by since desc on cid = cid
            changes of the table
              scan c: topic c as json
                reads: cid BIGINT, region STRING, since BIGINT
                time: the record's, disorder 0s, late data drop
          scan orders: topic orders as json
            reads: id BIGINT, cid BIGINT, amt BIGINT
            time: the record's, disorder 0s, late data drop
  rules: PruneScanColumns
  stages:
    out-0:
      from topic out.recent
      table in store out-table-e33e8d0a88: cid BIGINT, region STRING
        memory: at most 158 bytes, its key and its texts for each row of the table; those that do not fit go to disk
      to repartition out-subquery-ba88544a2f to every task: cid BIGINT, region STRING
    out-1:
      from topic r
      table in store out-table-b8ab0bd65b: region STRING, floor BIGINT
        memory: at most 158 bytes, its key and its texts for each row of the table; those that do not fit go to disk
      to repartition out-subquery-36406464e2 to every task: region STRING, floor BIGINT
    out-2:
      from topic c
      table in store out-table-f30ab5b0c5: cid BIGINT, region STRING, since BIGINT
        memory: at most 169 bytes, its key and its texts for each row of the table; those that do not fit go to disk
      to repartition out-subquery-6dd3c667f4 to every task: cid BIGINT, region STRING, since BIGINT
    out-3:
      from topic orders
      subqueries: cid = any cid on subquery_1 in repartition out-subquery-ba88544a2f, region = any region on floor < amt in repartition out-subquery-36406464e2, value region of the first 1 by since desc on cid = cid in repartition out-subquery-6dd3c667f4; state out-lookup-4d03ac6080: every row of the tables
        memory: at most 214 bytes and its texts for each row of out-subquery-ba88544a2f, at most 214 bytes and its texts for each row of out-subquery-36406464e2, at most 254 bytes and its texts for each row of out-subquery-6dd3c667f4, all in memory
      filter subquery_1
      to topic out
