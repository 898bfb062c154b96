-- A stream with itself, then with a table: two joins, one behind the other.
CREATE STREAM orders (id BIGINT, customer STRING, amount DECIMAL(10, 2), qty BIGINT, ts TIMESTAMP) WITH ('topic' = 'orders', 'event.time.field' = 'ts');
CREATE TABLE customers (cid STRING PRIMARY KEY, tier STRING, since BIGINT) WITH ('topic' = 'customers');
CREATE STREAM pairs AS SELECT a.id AS first_id, b.id AS second_id, c.tier FROM orders a JOIN orders b WITHIN 10 SECONDS ON a.customer = b.customer JOIN customers c ON a.customer = c.cid WHERE a.id < b.id;
-- plan --
STREAM pairs (unit pairs)
  logical plan:
    write pairs as json: id AS first_id, id AS second_id, tier
      key: none
      inner join of a stream with a table on customer = cid
        filter id < id
          inner join of streams within 10s before and 10s after on customer = customer
            scan orders: topic orders as json
              reads: id BIGINT, customer STRING, ts TIMESTAMP
              time: ts, disorder 0s, late data drop
            scan orders: topic orders as json
              reads: id BIGINT, customer STRING, ts TIMESTAMP
              time: ts, disorder 0s, late data drop
        changes of the table
          scan customers: topic customers as json
            reads: cid STRING, tier STRING
            time: the record's, disorder 0s, late data drop
  rules: PushFilterBelowJoin, PruneScanColumns
  stages:
    pairs-0:
      from topic customers
      table in store pairs-table-cbd4b9da05: cid STRING, tier STRING
        memory: at most 158 bytes, its key and its texts for each row of the table; those that do not fit go to disk
      to repartition pairs-right-440c9b2048 by cid: cid STRING, tier STRING
    pairs-1:
      from topic orders
      to repartition pairs-right-c2dc964188 by customer: id BIGINT, customer STRING, ts TIMESTAMP
    pairs-2:
      from topic orders
      to repartition pairs-left-c2dc964188 by customer: id BIGINT, customer STRING, ts TIMESTAMP
    pairs-3:
      from repartition pairs-left-c2dc964188
      inner join with repartition pairs-right-c2dc964188 within 10s before and 10s after on customer = customer; state pairs-join-f3968d05c4: left rows for 10s, right rows for 10s of event time
        memory: at most 240 bytes and its texts for each left row, at most 240 bytes and its texts for each right row, all in memory
      filter id < id
      to repartition pairs-left-26f45b2468 by customer: id BIGINT, customer STRING, ts TIMESTAMP, id BIGINT, customer STRING, ts TIMESTAMP
    pairs-4:
      from repartition pairs-left-26f45b2468
      inner join with the table from repartition pairs-right-440c9b2048 on customer = cid; state pairs-join-b2aa331c2a: every row of the table in this partition
        memory: at most 236 bytes and its texts for each row of the table, all in memory
      to topic pairs
