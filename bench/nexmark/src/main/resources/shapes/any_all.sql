CREATE STREAM out AS
SELECT id, amount FROM orders
WHERE amount > ANY (SELECT lim FROM customers WHERE tier = 'gold')
  AND amount < ALL (SELECT lim FROM customers WHERE tier = 'silver');
