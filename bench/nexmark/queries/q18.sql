-- Query 18, find last bid: the last bid of each bidder on each auction.
-- Here nothing is taken back: a bid is written when it is the last so far, and replaces the row in the table.
CREATE STREAM bid (
  auction BIGINT, bidder BIGINT, price BIGINT, channel STRING, url STRING, dateTime TIMESTAMP, extra STRING
) WITH ('topic' = 'bid', 'event.time.field' = 'dateTime', 'watermark.max_out_of_orderness' = '4s');

CREATE TABLE q18 AS
SELECT auction PRIMARY KEY, bidder PRIMARY KEY, price, channel, url, dateTime, extra
FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY bidder, auction ORDER BY dateTime DESC) AS rank_number FROM bid
) B
WHERE rank_number <= 1;
