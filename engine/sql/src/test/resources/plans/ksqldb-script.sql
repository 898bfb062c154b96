-- A script of ksqlDB: names in upper case, keys in the record key, and its own windows.
CREATE STREAM clicks (user_id VARCHAR KEY, url VARCHAR, at BIGINT) WITH (KAFKA_TOPIC = 'clicks', VALUE_FORMAT = 'JSON', TIMESTAMP = 'at');
CREATE TABLE users (id VARCHAR PRIMARY KEY, name VARCHAR) WITH (KAFKA_TOPIC = 'users', VALUE_FORMAT = 'JSON');
CREATE TABLE hits AS SELECT user_id, COUNT(*) AS n FROM clicks WINDOW HOPPING (SIZE 1 MINUTE, ADVANCE BY 10 SECONDS, GRACE PERIOD 5 SECONDS) GROUP BY user_id EMIT CHANGES;
CREATE STREAM named AS SELECT c.user_id, u.name, c.url FROM clicks c LEFT JOIN users u ON c.user_id = u.id PARTITION BY c.user_id EMIT CHANGES;
-- plan --
TABLE HITS (unit hits)
  logical plan:
    write HITS as json: count AS N
      key: USER_ID, _window_start
      aggregate COUNT(*) by USER_ID, sliding 1m by 10s with grace 5s, emit changes
        scan CLICKS: topic clicks as json
          reads: USER_ID STRING from the key, AT BIGINT
          time: AT, disorder 0s, late data drop
  rules: PruneScanColumns
  stages:
    HITS-0:
      from topic clicks
      aggregate in store HITS-aggregate-04196545eb: USER_ID STRING, count BIGINT, _window_start BIGINT, _window_end BIGINT
        memory: at most 152 bytes and its texts for each group of an open window; at most max_aggregation_groups in memory, the others on disk, and max_windows_per_key windows of a key
      to topic HITS

STREAM NAMED (unit named)
  logical plan:
    write NAMED as json: NAME, URL
      key: USER_ID
      left join of a stream with a table on USER_ID = ID
        scan CLICKS: topic clicks as json
          reads: USER_ID STRING from the key, URL STRING, AT BIGINT
          time: AT, disorder 0s, late data drop
        changes of the table
          scan USERS: topic users as json
            reads: ID STRING from the key, NAME STRING
            time: the record's, disorder 0s, late data drop
  rules: none
  stages:
    NAMED-0:
      from topic users
      table in store NAMED-table-1ce2517eac: ID STRING, NAME STRING
        memory: at most 158 bytes, its key and its texts for each row of the table; those that do not fit go to disk
      to repartition NAMED-right-53c6e46dc8 by ID: ID STRING, NAME STRING
    NAMED-1:
      from topic clicks
      to repartition NAMED-left-f71c46645c by USER_ID: USER_ID STRING, URL STRING, AT BIGINT
    NAMED-2:
      from repartition NAMED-left-f71c46645c
      left join with the table from repartition NAMED-right-53c6e46dc8 on USER_ID = ID; state NAMED-join-ff62bbae9f: every row of the table in this partition
        memory: at most 236 bytes and its texts for each row of the table, all in memory
      to topic NAMED
