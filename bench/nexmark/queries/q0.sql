-- Query 0, pass through: what reading and writing cost.
CREATE STREAM bid (auction BIGINT, bidder BIGINT, price BIGINT, dateTime TIMESTAMP, extra STRING) WITH (
  'topic' = 'bid', 'event.time.field' = 'dateTime', 'watermark.max_out_of_orderness' = '4s');

CREATE STREAM q0 AS SELECT auction, bidder, price, dateTime, extra FROM bid;
