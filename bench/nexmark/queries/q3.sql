-- Query 3, local item suggestion: who sells in category 10 and lives in Oregon, Idaho or California, and which auctions.
-- Here both sides are tables by their id: a join of streams without a bound in time would grow for ever. New and changed
-- sellers reach the auctions that are there already, as in the original.
CREATE TABLE auction (id BIGINT PRIMARY KEY, seller BIGINT, category BIGINT) WITH ('topic' = 'auction');
CREATE TABLE person (id BIGINT PRIMARY KEY, name STRING, city STRING, state STRING) WITH ('topic' = 'person');

CREATE TABLE q3 AS
SELECT P.name, P.city, P.state, A.id PRIMARY KEY
FROM auction A JOIN person P ON A.seller = P.id
WHERE A.category = 10 AND (P.state = 'OR' OR P.state = 'ID' OR P.state = 'CA');
