-- Later statements know the columns of earlier ones; UNION ALL and INSERT write to one topic.
CREATE STREAM mid AS SELECT CAST(id AS BIGINT) AS id, CAST(amount AS DOUBLE) AS amount FROM t;
CREATE STREAM out AS SELECT id FROM mid WHERE amount < 40 UNION ALL SELECT CAST(id AS BIGINT) AS id FROM b;
CREATE STREAM first AS SELECT id FROM mid LIMIT 100;
INSERT INTO out SELECT CAST(id AS BIGINT) AS id FROM c;
-- plan --
STREAM mid (unit mid)
  logical plan:
    write mid as json: CAST(id AS BIGINT) AS id, CAST(amount AS DOUBLE) AS amount
      key: none
      scan t: topic t as json
        reads: id ANY, amount ANY
        time: the record's, disorder 0s, late data drop
  rules: none
  stages:
    mid-0:
      from topic t
      to topic mid

STREAM out (unit out)
  logical plan:
    write out as json: id
      key: none
      filter amount < 40.0
        scan mid: topic mid as json
          reads: id BIGINT, amount DOUBLE
          time: the record's, disorder 0s, late data drop
    write out as json: CAST(id AS BIGINT) AS id
      key: none
      scan b: topic b as json
        reads: id ANY
        time: the record's, disorder 0s, late data drop
  rules: none
  stages:
    out-0:
      from topic mid
      filter amount < 40.0
      to topic out
    out_2-0:
      from topic b
      to topic out

STREAM first (unit first)
  logical plan:
    write first as json: id
      key: none
      limit 100
        scan mid: topic mid as json
          reads: id BIGINT
          time: the record's, disorder 0s, late data drop
  rules: PruneScanColumns
  stages:
    first-0:
      from topic mid
      to repartition first-limit-29bb2c2b4d by nothing: id BIGINT
    first-1:
      from repartition first-limit-29bb2c2b4d
      limit 100
      to topic first

STREAM insert_1_into_out (unit insert_1_into_out)
  logical plan:
    write out as json: CAST(id AS BIGINT) AS id
      key: none
      scan c: topic c as json
        reads: id ANY
        time: the record's, disorder 0s, late data drop
  rules: none
  stages:
    insert_1_into_out-0:
      from topic c
      to topic out
