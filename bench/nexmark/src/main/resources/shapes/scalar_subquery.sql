CREATE STREAM out AS SELECT id, amount, (SELECT MAX(lim) FROM customers) AS most FROM orders;
