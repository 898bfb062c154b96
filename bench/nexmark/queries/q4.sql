-- Query 4, average price for a category: the mean of the winning bids of the category's auctions, as they stand.
-- Here the join has a bound in time: an auction lives less than ten seconds. The mean of integers is fractional.
CREATE STREAM auction (id BIGINT, category BIGINT, dateTime TIMESTAMP, expires TIMESTAMP) WITH (
  'topic' = 'auction', 'event.time.field' = 'dateTime', 'watermark.max_out_of_orderness' = '4s');
CREATE STREAM bid (auction BIGINT, price BIGINT, dateTime TIMESTAMP) WITH (
  'topic' = 'bid', 'event.time.field' = 'dateTime', 'watermark.max_out_of_orderness' = '4s');

CREATE TABLE winning AS
SELECT A.id, A.category, MAX(B.price) AS final
FROM auction A JOIN bid B
  ON A.id = B.auction AND B.dateTime BETWEEN A.dateTime AND A.expires
  WITHIN (0 SECONDS, 10 SECONDS)
GROUP BY A.id, A.category;

CREATE TABLE q4 AS SELECT category, AVG(final) AS final FROM winning GROUP BY category;
