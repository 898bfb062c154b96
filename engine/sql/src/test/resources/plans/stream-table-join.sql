-- The first stream has the join key as its record key and stays; the second is sent to where the table's rows are.
CREATE TABLE customers (cid BIGINT PRIMARY KEY, name STRING, tier STRING) WITH ('topic' = 'customers');
CREATE STREAM orders (cid BIGINT KEY, amount BIGINT) WITH ('topic' = 'orders');
CREATE STREAM visits (id BIGINT, cid BIGINT, unused STRING) WITH ('topic' = 'visits');
CREATE STREAM named AS SELECT o.amount, c.name FROM orders o JOIN customers c ON o.cid = c.cid;
CREATE STREAM seen AS SELECT v.id, c.tier FROM visits v LEFT JOIN customers c ON v.cid = c.cid AND c.tier <> 'none';
-- plan --
STREAM named (unit named)
  logical plan:
    write named as json: amount, name
      key: none
      inner join of a stream with a table on cid = cid
        scan orders: topic orders as json
          reads: cid BIGINT, amount BIGINT
          time: the record's, disorder 0s, late data drop
        changes of the table
          scan customers: topic customers as json
            reads: cid BIGINT, name STRING
            time: the record's, disorder 0s, late data drop
  rules: PruneScanColumns
  stages:
    named-0:
      from topic customers
      table in store named-table-50208a62a6: cid BIGINT, name STRING
        memory: at most 158 bytes, its key and its texts for each row of the table; those that do not fit go to disk
      to repartition named-right-7c48cd7c3f by the key cid: cid BIGINT, name STRING
    named-1:
      from topic orders
      inner join with the table from repartition named-right-7c48cd7c3f on cid = cid; state named-join-f3a0a282c7: every row of the table in this partition
        memory: at most 232 bytes and its texts for each row of the table, all in memory
      to topic named

STREAM seen (unit seen)
  logical plan:
    write seen as json: id, tier
      key: none
      left join of a stream with a table on cid = cid and tier <> 'none'
        scan visits: topic visits as json
          reads: id BIGINT, cid BIGINT
          time: the record's, disorder 0s, late data drop
        changes of the table
          scan customers: topic customers as json
            reads: cid BIGINT, tier STRING
            time: the record's, disorder 0s, late data drop
  rules: PruneScanColumns
  stages:
    seen-0:
      from topic customers
      table in store seen-table-e9d87317ea: cid BIGINT, tier STRING
        memory: at most 158 bytes, its key and its texts for each row of the table; those that do not fit go to disk
      to repartition seen-right-a6ed885c18 by cid: cid BIGINT, tier STRING
    seen-1:
      from topic visits
      to repartition seen-left-98992aba3c by cid: id BIGINT, cid BIGINT
    seen-2:
      from repartition seen-left-98992aba3c
      left join with the table from repartition seen-right-a6ed885c18 on cid = cid and tier <> 'none'; state seen-join-0fa60986ab: every row of the table in this partition
        memory: at most 232 bytes and its texts for each row of the table, all in memory
      to topic seen
