CREATE STREAM out AS
SELECT id, amount FROM orders WHERE customer IN (SELECT id FROM customers WHERE tier = 'gold');
