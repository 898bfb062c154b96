CREATE STREAM bids (auction BIGINT, bidder BIGINT, price BIGINT, at TIMESTAMP);
CREATE STREAM auctions (id BIGINT, category STRING, at TIMESTAMP);

CREATE TABLE best AS
SELECT auction PRIMARY KEY, bidder, price
FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY auction ORDER BY price DESC) AS place FROM bids WHERE price > 0) ranked
WHERE place < 2 AND bidder <> 7;

CREATE STREAM known AS
SELECT j.id, j.price FROM (
  SELECT a.id, a.category, b.price * 2 AS price FROM auctions a JOIN bids b ON a.id = b.auction WITHIN 1 MINUTE
) j WHERE j.category = 'art' AND j.price > 10;

CREATE STREAM apart AS
WITH dear AS (SELECT auction, price FROM bids WHERE price > 100)
SELECT d.auction, e.price FROM dear d JOIN dear e ON d.auction = e.auction WITHIN 1 MINUTE;
-- plan --
TABLE best (unit best)
  logical plan:
    write best as json: auction, bidder, price
      key: auction
      project auction BIGINT, bidder BIGINT, price BIGINT
        filter (row_number < 2) AND (bidder <> 7)
          over ROW_NUMBER() by auction
            filter price > 0
              scan bids: topic bids as json
                reads: auction BIGINT, bidder BIGINT, price BIGINT
                time: the record's, disorder 0s, late data drop
  rules: PushFilterBelowProject, KeepFirstRows, PruneScanColumns
  stages:
    best-0:
      from topic bids
      filter price > 0
      to repartition best-over-31c84c7bea by auction: auction BIGINT, bidder BIGINT, price BIGINT
    best-1:
      from repartition best-over-31c84c7bea
      over in store best-over-4e6938d07b, a partition keeps the first 1 rows ordered by price desc; at most 2 kB and its texts
      filter (row_number < 2) AND (bidder <> 7)
      project auction, bidder, price
      to topic best

STREAM known (unit known)
  logical plan:
    write known as json: id, price
      key: none
      filter price > 10
        project id BIGINT, price BIGINT
          inner join of streams within 1m before and 1m after on id = auction
            filter category = 'art'
              scan auctions: topic auctions as json
                reads: id BIGINT, category STRING
                time: the record's, disorder 0s, late data drop
            scan bids: topic bids as json
              reads: auction BIGINT, price BIGINT
              time: the record's, disorder 0s, late data drop
  rules: PushFilterBelowProject, PushFilterBelowJoin, PruneScanColumns
  stages:
    known-0:
      from topic bids
      to repartition known-right-4d129e5c31 by auction: auction BIGINT, price BIGINT
    known-1:
      from topic auctions
      filter category = 'art'
      to repartition known-left-a735af2766 by id: id BIGINT, category STRING
    known-2:
      from repartition known-left-a735af2766
      inner join with repartition known-right-4d129e5c31 within 1m before and 1m after on id = auction; state known-join-55e49ac361: left rows for 1m, right rows for 1m of event time
        memory: at most 214 bytes and its texts for each left row, at most 214 bytes and its texts for each right row, all in memory
      project id, price * 2
      filter price > 10
      to topic known

STREAM apart.dear (unit apart.dear)
  logical plan:
    write apart.dear as json: auction, price
      key: none
      filter price > 100
        scan bids: topic bids as json
          reads: auction BIGINT, price BIGINT
          time: the record's, disorder 0s, late data drop
  rules: PruneScanColumns
  stages:
    apart.dear-0:
      from topic bids
      filter price > 100
      to topic apart.dear

STREAM apart (unit apart)
  logical plan:
    write apart as json: auction, price
      key: none
      inner join of streams within 1m before and 1m after on auction = auction
        scan apart.dear: topic apart.dear as json
          reads: auction BIGINT
          time: the record's, disorder 0s, late data drop
        scan apart.dear: topic apart.dear as json
          reads: auction BIGINT, price BIGINT
          time: the record's, disorder 0s, late data drop
  rules: PruneScanColumns
  stages:
    apart-0:
      from topic apart.dear
      to repartition apart-right-f69dd70f0f by auction: auction BIGINT, price BIGINT
    apart-1:
      from topic apart.dear
      to repartition apart-left-599b8dd6a1 by auction: auction BIGINT
    apart-2:
      from repartition apart-left-599b8dd6a1
      inner join with repartition apart-right-f69dd70f0f within 1m before and 1m after on auction = auction; state apart-join-eb8e158ff5: left rows for 1m, right rows for 1m of event time
        memory: at most 192 bytes and its texts for each left row, at most 214 bytes and its texts for each right row, all in memory
      to topic apart
