-- Streams joined by WITHIN, by an interval of ON, and by an expression as key.
CREATE STREAM orders (id BIGINT, customer STRING, amount DECIMAL(10, 2), qty BIGINT, ts TIMESTAMP) WITH ('topic' = 'orders', 'event.time.field' = 'ts');
CREATE STREAM payments (pid BIGINT, oid BIGINT, paid DECIMAL(10, 2), at TIMESTAMP) WITH ('topic' = 'payments', 'event.time.field' = 'at');
CREATE STREAM both AS SELECT o.id, p.paid FROM orders o FULL JOIN payments p WITHIN 1 MINUTE GRACE PERIOD 10 SECONDS ON o.id = p.oid;
CREATE STREAM later AS SELECT o.id, p.paid FROM orders o JOIN payments p ON o.id + 1 = p.oid AND p.at BETWEEN o.ts AND o.ts + INTERVAL '5' MINUTE AND p.paid < o.amount;
-- plan --
STREAM both (unit both)
  logical plan:
    write both as json: id, paid
      key: none
      full join of streams within 1m before and 1m after with grace 10s on id = oid
        scan orders: topic orders as json
          reads: id BIGINT, ts TIMESTAMP
          time: ts, disorder 0s, late data drop
        scan payments: topic payments as json
          reads: oid BIGINT, paid DECIMAL(10, 2), at TIMESTAMP
          time: at, disorder 0s, late data drop
  rules: PruneScanColumns
  stages:
    both-0:
      from topic payments
      to repartition both-right-aa3f0a57e3 by oid: oid BIGINT, paid DECIMAL(10, 2), at TIMESTAMP
    both-1:
      from topic orders
      to repartition both-left-4cfbe06fa2 by id: id BIGINT, ts TIMESTAMP
    both-2:
      from repartition both-left-4cfbe06fa2
      full join with repartition both-right-aa3f0a57e3 within 1m before and 1m after with grace 10s on id = oid; state both-join-6b915dbdac: left rows for 1m10s, right rows for 1m10s of event time
        memory: at most 214 bytes and its texts for each left row, at most 310 bytes and its texts for each right row, all in memory
      to topic both

STREAM later (unit later)
  logical plan:
    write later as json: id, paid
      key: none
      inner join of streams within 0s before and 5m after on id + 1 = oid and paid < amount
        scan orders: topic orders as json
          reads: id BIGINT, amount DECIMAL(10, 2), ts TIMESTAMP
          time: ts, disorder 0s, late data drop
        scan payments: topic payments as json
          reads: oid BIGINT, paid DECIMAL(10, 2), at TIMESTAMP
          time: at, disorder 0s, late data drop
  rules: PruneScanColumns
  stages:
    later-0:
      from topic payments
      to repartition later-right-aa3f0a57e3 by oid: oid BIGINT, paid DECIMAL(10, 2), at TIMESTAMP
    later-1:
      from topic orders
      to repartition later-left-3b4867ae4d by id + 1: id BIGINT, amount DECIMAL(10, 2), ts TIMESTAMP
    later-2:
      from repartition later-left-3b4867ae4d
      inner join with repartition later-right-aa3f0a57e3 within 0s before and 5m after on id + 1 = oid and paid < amount; state later-join-d19c981659: left rows for 5m, right rows for 0s of event time
        memory: at most 310 bytes and its texts for each left row, at most 310 bytes and its texts for each right row, all in memory
      to topic later
