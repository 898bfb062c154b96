-- Both sides are sent to where their key is, with the columns that are used. A stream whose record key is the join key stays, and
-- the other side follows it.
CREATE STREAM out AS
SELECT a.id AS aid, b.id AS bid FROM a LEFT JOIN b ON a.k = b.k WITHIN (1 MINUTE, 5 MINUTES) GRACE PERIOD 10 SECONDS
WHERE a.x > 1;
CREATE STREAM orders (id BIGINT KEY, amount BIGINT) WITH ('topic' = 'orders', 'key.format' = 'text');
CREATE STREAM payments (order_id BIGINT, method STRING) WITH ('topic' = 'payments');
CREATE STREAM paid AS
SELECT o.id, o.amount, p.method FROM orders o JOIN payments p ON o.id = p.order_id WITHIN INTERVAL '1' MINUTE;
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
        memory: at most 240 bytes and its texts for each left row, at most 218 bytes and its texts for each right row, all in memory
      to topic out

STREAM paid (unit paid)
  logical plan:
    write paid as json: id, amount, method
      key: none
      inner join of streams within 1m before and 1m after on id = order_id
        scan orders: topic orders as json
          reads: id BIGINT, amount BIGINT
          time: the record's, disorder 0s, late data drop
        scan payments: topic payments as json
          reads: order_id BIGINT, method STRING
          time: the record's, disorder 0s, late data drop
  rules: none
  stages:
    paid-0:
      from topic payments
      to repartition paid-right-2676ebb920 by the key order_id: order_id BIGINT, method STRING
    paid-1:
      from topic orders
      inner join with repartition paid-right-2676ebb920 within 1m before and 1m after on id = order_id; state paid-join-2d3804bbd3: left rows for 1m, right rows for 1m of event time
        memory: at most 214 bytes and its texts for each left row, at most 214 bytes and its texts for each right row, all in memory
      to topic paid
