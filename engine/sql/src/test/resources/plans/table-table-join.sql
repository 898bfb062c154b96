-- Tables joined are a table; GROUP BY over it takes rows back.
CREATE TABLE customers (cid STRING PRIMARY KEY, tier STRING, since BIGINT) WITH ('topic' = 'customers');
CREATE TABLE limits (cid STRING PRIMARY KEY, most BIGINT) WITH ('topic' = 'limits');
CREATE TABLE joined AS SELECT c.cid PRIMARY KEY, c.tier, l.most FROM customers c LEFT JOIN limits l ON c.cid = l.cid;
CREATE TABLE tiers AS SELECT tier, SUM(most) AS most, MAX(most) AS largest FROM joined GROUP BY tier;
-- plan --
TABLE joined (unit joined)
  logical plan:
    write joined as json: cid, tier, most
      key: cid
      left join of tables on cid = cid
        changes of the table
          scan customers: topic customers as json
            reads: cid STRING, tier STRING
            time: the record's, disorder 0s, late data drop
        changes of the table
          scan limits: topic limits as json
            reads: cid STRING, most BIGINT
            time: the record's, disorder 0s, late data drop
  rules: PruneScanColumns
  stages:
    joined-0:
      from topic limits
      table in store joined-table-0dd3be7d9b: cid STRING, most BIGINT
        memory: at most 158 bytes, its key and its texts for each row of the table; those that do not fit go to disk
      to repartition joined-right-05f0de5114 by cid: cid STRING, most BIGINT
    joined-1:
      from topic customers
      table in store joined-table-cbd4b9da05: cid STRING, tier STRING
        memory: at most 158 bytes, its key and its texts for each row of the table; those that do not fit go to disk
      to repartition joined-left-440c9b2048 by cid: cid STRING, tier STRING
    joined-2:
      from repartition joined-left-440c9b2048
      left join of changes with repartition joined-right-05f0de5114 on cid = cid; state joined-join-4a7ecba429: every row of both tables in this partition
        memory: at most 236 bytes and its texts for each left row, at most 236 bytes and its texts for each right row, all in memory
      to topic joined

TABLE tiers (unit tiers)
  logical plan:
    write tiers as json: tier, sum AS most, max AS largest
      key: tier
      aggregate SUM(most), MAX(most) by tier, emit changes
        changes of the table
          scan joined: topic joined as json
            reads: tier STRING, most BIGINT
            time: the record's, disorder 0s, late data drop
  rules: PruneScanColumns
  stages:
    tiers-0:
      from topic joined
      table in store tiers-table-ca3ee4550a: tier STRING, most BIGINT
        memory: at most 158 bytes, its key and its texts for each row of the table; those that do not fit go to disk
      to repartition tiers-group-b90e60f143 by tier: tier STRING, most BIGINT
    tiers-1:
      from repartition tiers-group-b90e60f143
      aggregate changes in store tiers-aggregate-b1621a6a75: tier STRING, sum DECIMAL(38, 0), max BIGINT
        memory: at most 232 bytes and its texts for each group; at most max_aggregation_groups in memory, the others on disk; beside them each row of the table, in memory
      to topic tiers
