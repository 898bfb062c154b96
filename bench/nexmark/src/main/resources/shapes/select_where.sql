CREATE STREAM out AS SELECT id, customer, amount FROM orders WHERE amount > 5000;
