-- Both sides are sent to where their key is, with the columns that are used.
CREATE STREAM out AS
SELECT a.id AS aid, b.id AS bid FROM a LEFT JOIN b ON a.k = b.k WITHIN (1 MINUTE, 5 MINUTES) GRACE PERIOD 10 SECONDS
WHERE a.x > 1;
-- plan --
STREAM out (unit out)
  logical plan:
    write out as json: id AS aid, id AS bid
      key: none
      left join of streams within 1m before and 5m after with grace 10s on k = k
        filter x > 1
          scan a: topic a as json
            reads: k ANY, x ANY, id ANY
            time: the record's, disorder 0s, late data drop
        scan b: topic b as json
          reads: k ANY, id ANY
          time: the record's, disorder 0s, late data drop
  rules: PushFilterBelowJoin
  stages:
    out-0:
      from topic b
      to repartition out-right-7ef18f06c8 by k: k ANY, id ANY
    out-1:
      from topic a
      filter x > 1
      to repartition out-left-9e263d8b31 by k: k ANY, x ANY, id ANY
    out-2:
      from repartition out-left-9e263d8b31
      left join with repartition out-right-7ef18f06c8 within 1m before and 5m after with grace 10s on k = k; state out-join-250febae92: left rows for 5m10s, right rows for 1m10s of event time
      to topic out
