-- A LEFT JOIN keeps rows without a partner; ON TRUE sends the table to every task.
CREATE STREAM orders (id BIGINT, customer STRING, amount DECIMAL(10, 2), qty BIGINT, ts TIMESTAMP) WITH ('topic' = 'orders', 'event.time.field' = 'ts');
CREATE TABLE customers (cid STRING PRIMARY KEY, tier STRING, since BIGINT) WITH ('topic' = 'customers');
CREATE STREAM kept AS SELECT o.id, c.tier FROM orders o LEFT JOIN customers c ON o.customer = c.cid AND c.since > 5;
CREATE STREAM every AS SELECT o.id, c.tier FROM orders o JOIN customers c ON TRUE WHERE o.qty > c.since;
-- plan --
STREAM kept (unit kept)
  logical plan:
    write kept as json: id, tier
      key: none
      left join of a stream with a table on customer = cid and since > 5
        scan orders: topic orders as json
          reads: id BIGINT, customer STRING, ts TIMESTAMP
          time: ts, disorder 0s, late data drop
        changes of the table
          scan customers: topic customers as json
            reads: cid STRING, tier STRING, since BIGINT
            time: the record's, disorder 0s, late data drop
  rules: PruneScanColumns
  stages:
    kept-0:
      from topic customers
      table in store kept-table-12a0a436fa: cid STRING, tier STRING, since BIGINT
        memory: at most 169 bytes, its key and its texts for each row of the table; those that do not fit go to disk
      to repartition kept-right-f8b630bb7e by cid: cid STRING, tier STRING, since BIGINT
    kept-1:
      from topic orders
      to repartition kept-left-c2dc964188 by customer: id BIGINT, customer STRING, ts TIMESTAMP
    kept-2:
      from repartition kept-left-c2dc964188
      left join with the table from repartition kept-right-f8b630bb7e on customer = cid and since > 5; state kept-join-6f1828e71a: every row of the table in this partition
        memory: at most 258 bytes and its texts for each row of the table, all in memory
      to topic kept

STREAM every (unit every)
  logical plan:
    write every as json: id, tier
      key: none
      filter qty > since
        inner join of a stream with a table
          scan orders: topic orders as json
            reads: id BIGINT, qty BIGINT, ts TIMESTAMP
            time: ts, disorder 0s, late data drop
          changes of the table
            scan customers: topic customers as json
              reads: tier STRING, since BIGINT
              time: the record's, disorder 0s, late data drop
  rules: PruneScanColumns
  stages:
    every-0:
      from topic customers
      table in store every-table-6b5c441354: tier STRING, since BIGINT
        memory: at most 158 bytes, its key and its texts for each row of the table; those that do not fit go to disk
      to repartition every-right-75adc29146 to every task: tier STRING, since BIGINT
    every-1:
      from topic orders
      inner join with the table from repartition every-right-75adc29146; state every-join-5d34fe2b97: every row of the table in this partition
        memory: at most 214 bytes and its texts for each row of the table, all in memory
      filter qty > since
      to topic every
