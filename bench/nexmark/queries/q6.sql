-- Query 6, average selling price by seller: over a seller's last ten closed auctions and the one that has just closed.
-- Flink SQL does not run it. Here an auction is closed when nobody has bid for ten seconds, which is longer than it lives,
-- and the ten before are a row window.
CREATE STREAM auction (id BIGINT, seller BIGINT, dateTime TIMESTAMP, expires TIMESTAMP) WITH (
  'topic' = 'auction', 'event.time.field' = 'dateTime', 'watermark.max_out_of_orderness' = '4s');
CREATE STREAM bid (auction BIGINT, price BIGINT, dateTime TIMESTAMP) WITH (
  'topic' = 'bid', 'event.time.field' = 'dateTime', 'watermark.max_out_of_orderness' = '4s');

CREATE STREAM closed AS
SELECT A.id, A.seller, MAX(B.price) AS price
FROM auction A JOIN bid B
  ON A.id = B.auction AND B.dateTime BETWEEN A.dateTime AND A.expires
  WITHIN (0 SECONDS, 10 SECONDS)
GROUP BY A.id, A.seller WINDOW SESSION(10s) EMIT FINAL;

CREATE STREAM q6 AS
SELECT seller, id, price,
  AVG(price) OVER (ROWS WINDOW BUFFER 11 ROWS PARTITION BY seller ORDER BY _event_time EXPIRE AFTER NEVER) AS avg_price
FROM closed;
