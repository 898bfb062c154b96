-- Query 19, auction top ten: the bids with the ten highest prices of each auction.
-- Here nothing is taken back: q19 has each bid that was among the ten when it came, with its rank then; q19_prices is the
-- table of the ten highest prices as they stand.
CREATE STREAM bid (
  auction BIGINT, bidder BIGINT, price BIGINT, channel STRING, url STRING, dateTime TIMESTAMP, extra STRING
) WITH ('topic' = 'bid', 'event.time.field' = 'dateTime', 'watermark.max_out_of_orderness' = '4s');

CREATE STREAM q19 AS
SELECT auction, bidder, price, channel, url, dateTime, extra, rank_number
FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY auction ORDER BY price DESC) AS rank_number FROM bid
) B
WHERE rank_number <= 10;

CREATE TABLE q19_prices AS SELECT auction, TOPK(price, 10) AS prices FROM bid GROUP BY auction;
