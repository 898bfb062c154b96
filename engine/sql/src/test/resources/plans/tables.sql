-- Tables retract: every operator over one gets what was there and what takes its place.
CREATE TABLE customers (cid BIGINT PRIMARY KEY, city STRING, tier STRING) WITH ('topic' = 'customers');
CREATE TABLE cities (city STRING PRIMARY KEY, country STRING) WITH ('topic' = 'cities');
CREATE TABLE tiers AS SELECT tier, COUNT(*) AS n FROM customers GROUP BY tier;
CREATE TABLE located AS SELECT c.cid PRIMARY KEY, t.country FROM customers c LEFT JOIN cities t ON c.city = t.city;
-- plan --
TABLE tiers (unit tiers)
  logical plan:
    write tiers as json: tier, count AS n
      key: tier
      aggregate COUNT(*) by tier, emit changes
        changes of the table
          scan customers: topic customers as json
            reads: tier STRING
            time: the record's, disorder 0s, late data drop
  rules: PruneScanColumns
  stages:
    tiers-0:
      from topic customers
      table in store tiers-table-15ffd37409: tier STRING
        memory: at most 147 bytes, its key and its texts for each row of the table; those that do not fit go to disk
      to repartition tiers-group-3e9b590745 by tier: tier STRING
    tiers-1:
      from repartition tiers-group-3e9b590745
      aggregate changes in store tiers-aggregate-23e52a19ef: tier STRING, count BIGINT
        memory: at most 152 bytes and its texts for each group; at most max_aggregation_groups in memory, the others on disk
      to topic tiers

TABLE located (unit located)
  logical plan:
    write located as json: cid, country
      key: cid
      left join of tables on city = city
        changes of the table
          scan customers: topic customers as json
            reads: cid BIGINT, city STRING
            time: the record's, disorder 0s, late data drop
        changes of the table
          scan cities: topic cities as json
            reads: city STRING, country STRING
            time: the record's, disorder 0s, late data drop
  rules: PruneScanColumns
  stages:
    located-0:
      from topic cities
      table in store located-table-f0c0d246f4: city STRING, country STRING
        memory: at most 158 bytes, its key and its texts for each row of the table; those that do not fit go to disk
      to repartition located-right-8bf740ca34 by city: city STRING, country STRING
    located-1:
      from topic customers
      table in store located-table-7c9a79f230: cid BIGINT, city STRING
        memory: at most 158 bytes, its key and its texts for each row of the table; those that do not fit go to disk
      to repartition located-left-9b1c0196ed by city: cid BIGINT, city STRING
    located-2:
      from repartition located-left-9b1c0196ed
      left join of changes with repartition located-right-8bf740ca34 on city = city; state located-join-b28399bc55: every row of both tables in this partition
        memory: at most 236 bytes and its texts for each left row, at most 236 bytes and its texts for each right row, all in memory
      to topic located
