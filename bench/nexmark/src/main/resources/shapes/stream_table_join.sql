CREATE STREAM out AS
SELECT o.id, o.amount, c.tier FROM orders o JOIN customers c ON o.customer = c.id;
