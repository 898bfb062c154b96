-- A subquery on groups is asked when a window closes; EXISTS on rows before they are grouped.
CREATE STREAM orders (id BIGINT, customer STRING, amount DECIMAL(10, 2), qty BIGINT, ts TIMESTAMP) WITH ('topic' = 'orders', 'event.time.field' = 'ts');
CREATE TABLE customers (cid STRING PRIMARY KEY, tier STRING, since BIGINT) WITH ('topic' = 'customers');
CREATE TABLE out AS SELECT customer, COUNT(*) AS n FROM orders WHERE EXISTS (SELECT 1 FROM customers c WHERE c.cid = orders.customer) GROUP BY customer WINDOW TUMBLING(1m) HAVING COUNT(*) > (SELECT MIN(since) FROM customers);
-- plan --
TABLE out (unit out)
  logical plan:
    write out as json: customer, count AS n
      key: customer
      filter count > subquery_1
        subquery value min
            changes of the table
              scan customers: topic customers as json
                reads: since BIGINT
                time: the record's, disorder 0s, late data drop
          aggregate COUNT(*) by customer, tumbling 1m, emit final
            filter subquery_1
              subquery exists on customer = cid
                  changes of the table
                    scan customers: topic customers as json
                      reads: cid STRING
                      time: the record's, disorder 0s, late data drop
                scan orders: topic orders as json
                  reads: customer STRING, ts TIMESTAMP
                  time: ts, disorder 0s, late data drop
  rules: PruneScanColumns
  stages:
    out-0:
      from topic customers
      table in store out-table-b583be47c2: since BIGINT
        memory: at most 147 bytes, its key and its texts for each row of the table; those that do not fit go to disk
      to repartition out-subquery-3d77d2347b to every task: since BIGINT
    out-1:
      from topic customers
      table in store out-table-0520387ac0: cid STRING
        memory: at most 147 bytes, its key and its texts for each row of the table; those that do not fit go to disk
      to repartition out-subquery-21d6c2bc45 to every task: cid STRING
    out-2:
      from topic orders
      subqueries: exists on customer = cid in repartition out-subquery-21d6c2bc45; state out-lookup-d1d39c14c6: every row of the tables
        memory: at most 214 bytes and its texts for each row of out-subquery-21d6c2bc45, all in memory
      filter subquery_1
      to repartition out-group-1b165eacca by customer: customer STRING
    out-3:
      from repartition out-group-1b165eacca
      aggregate in store out-aggregate-6845cc2374: customer STRING, count BIGINT, _window_start BIGINT, _window_end BIGINT
        memory: at most 152 bytes and its texts for each group of an open window; at most max_aggregation_groups in memory, the others on disk, and max_windows_per_key windows of a key
      subqueries: value min in repartition out-subquery-3d77d2347b; state out-lookup-0c840af687: every row of the tables
        memory: at most 192 bytes and its texts for each row of out-subquery-3d77d2347b, all in memory
      filter count > subquery_1
      to topic out
