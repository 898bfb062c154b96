CREATE STREAM out AS
SELECT o.id, o.amount, p.ts AS paid FROM orders o JOIN payments p ON o.id = p.order_id WITHIN 10 SECONDS;
