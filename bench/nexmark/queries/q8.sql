-- Query 8, monitor new users: who has come within the same ten seconds in which he has opened an auction.
-- Here the two window aggregates are streams of their own, and the join has a bound in time: rows of one window carry the
-- same time.
CREATE STREAM person (id BIGINT, name STRING, dateTime TIMESTAMP) WITH (
  'topic' = 'person', 'event.time.field' = 'dateTime', 'watermark.max_out_of_orderness' = '4s');
CREATE STREAM auction (seller BIGINT, dateTime TIMESTAMP) WITH (
  'topic' = 'auction', 'event.time.field' = 'dateTime', 'watermark.max_out_of_orderness' = '4s');

CREATE STREAM newcomers AS
SELECT id, name, _window_start AS starttime, _window_end AS endtime
FROM person GROUP BY id, name WINDOW TUMBLING(10s) EMIT FINAL;

CREATE STREAM sellers AS
SELECT seller, _window_start AS starttime, _window_end AS endtime
FROM auction GROUP BY seller WINDOW TUMBLING(10s) EMIT FINAL;

CREATE STREAM q8 AS
SELECT P.id, P.name, P.starttime
FROM newcomers P JOIN sellers A ON P.id = A.seller AND P.starttime = A.starttime AND P.endtime = A.endtime
  WITHIN 1 SECOND;
