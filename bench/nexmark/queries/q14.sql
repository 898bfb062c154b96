-- Query 14, calculation: prices in euros within a band, the kind of day, and a count of letters.
-- Here the letters are counted by two functions instead of a function of the user.
CREATE STREAM bid (auction BIGINT, bidder BIGINT, price BIGINT, dateTime TIMESTAMP, extra STRING) WITH (
  'topic' = 'bid', 'event.time.field' = 'dateTime', 'watermark.max_out_of_orderness' = '4s');

CREATE STREAM q14 AS
SELECT auction, bidder, 0.908 * price AS price,
  CASE
    WHEN HOUR(dateTime) >= 8 AND HOUR(dateTime) <= 18 THEN 'dayTime'
    WHEN HOUR(dateTime) <= 6 OR HOUR(dateTime) >= 20 THEN 'nightTime'
    ELSE 'otherTime'
  END AS bidTimeType,
  dateTime, extra, LENGTH(extra) - LENGTH(REPLACE(extra, 'c', '')) AS c_counts
FROM bid
WHERE 0.908 * price > 1000000 AND 0.908 * price < 50000000;
