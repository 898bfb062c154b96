CREATE STREAM out AS
SELECT id, amount FROM orders o WHERE EXISTS (SELECT 1 FROM customers c WHERE c.id = o.customer AND c.tier = 'gold');
