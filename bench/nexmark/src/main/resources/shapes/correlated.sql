CREATE STREAM out AS
SELECT o.id, (SELECT MAX(c.lim) FROM customers c WHERE c.id = o.customer) AS lim FROM orders o;
