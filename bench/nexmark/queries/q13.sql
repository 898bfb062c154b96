-- Query 13, bounded side input: each bid with the entry of a small table.
-- Here the side input is a table by key instead of a file that is looked up.
CREATE TABLE side_input (key BIGINT PRIMARY KEY, value STRING) WITH ('topic' = 'side_input');
CREATE STREAM bid (auction BIGINT, bidder BIGINT, price BIGINT, dateTime TIMESTAMP) WITH (
  'topic' = 'bid', 'event.time.field' = 'dateTime', 'watermark.max_out_of_orderness' = '4s');

CREATE STREAM q13 AS
SELECT B.auction, B.bidder, B.price, B.dateTime, S.value
FROM bid B JOIN side_input S ON MOD(B.auction, 10000) = S.key;
