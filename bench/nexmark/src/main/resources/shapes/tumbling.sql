CREATE TABLE out AS
SELECT customer, COUNT(*) AS n, SUM(amount) AS total FROM orders GROUP BY customer WINDOW TUMBLING(1m) EMIT FINAL;
