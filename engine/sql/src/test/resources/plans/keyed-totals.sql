-- The source says that its record key is the grouped column, so nothing is repartitioned.
CREATE STREAM orders (customer STRING KEY, amount BIGINT) WITH ('topic' = 'orders');
CREATE TABLE totals AS SELECT customer, SUM(amount) AS total FROM orders GROUP BY customer;
-- plan --
TABLE totals (unit totals)
  logical plan:
    write totals as json: customer, sum AS total
      key: customer
      aggregate SUM(amount) by customer, emit changes
        scan orders: topic orders as json
          reads: customer STRING, amount BIGINT
          time: the record's, disorder 0s, late data drop
  rules: none
  stages:
    totals-0:
      from topic orders
      aggregate in store totals-aggregate-ab0f6718b6: customer STRING, sum DECIMAL(38, 0)
        memory: at most 200 bytes and its texts for each group; at most max_aggregation_groups in memory, the others on disk
      to topic totals
