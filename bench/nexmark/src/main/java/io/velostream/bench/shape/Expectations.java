package io.velostream.bench.shape;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** What each shape must give, computed from the orders with plain collections, free of the engine. */
final class Expectations {

    static final double DEAR = 5_000;
    static final int BUFFER = 100;
    static final int MANY = 10;
    static final long WINDOW = 60_000;
    static final long SOON = 2_000;

    private Expectations() {}

    private static Result over(Market market, Predicate<Order> wanted, ToDoubleFunction<Order> column) {
        long rows = 0;
        double sum = 0;
        for (Order order : market.orders()) {
            if (wanted.test(order)) {
                rows++;
                sum += column.applyAsDouble(order);
            }
        }
        return new Result(rows, sum);
    }

    static Result dear(Market market) {
        return over(market, order -> order.amount() > DEAR, Order::id);
    }

    static Result means(Market market) {
        Map<Long, Deque<Double>> last = new HashMap<>();
        Map<Long, Double> sums = new HashMap<>();
        return over(market, order -> true, order -> {
            Deque<Double> amounts = last.computeIfAbsent(order.customer(), any -> new ArrayDeque<>());
            amounts.addLast(order.amount());
            double leaves = amounts.size() > BUFFER ? amounts.removeFirst() : 0;
            return sums.merge(order.customer(), order.amount() - leaves, Double::sum) / amounts.size();
        });
    }

    static Result totals(Market market) {
        Map<Long, Double> totals = new HashMap<>();
        return over(market, order -> true, order -> totals.merge(order.customer(), order.amount(), Double::sum));
    }

    static Result many(Market market) {
        Map<Long, Integer> counts = new HashMap<>();
        return over(
                market,
                order -> counts.merge(order.customer(), 1, Integer::sum) > MANY,
                order -> counts.getOrDefault(order.customer(), 0));
    }

    private record Group(long customer, long window) {}

    private static Group group(Order order) {
        return new Group(order.customer(), order.time() / WINDOW);
    }

    static Result windows(Market market) {
        long last = market.orders().getLast().time();
        Map<Group, Double> totals = new HashMap<>();
        for (Order order : market.orders()) {
            if ((order.time() / WINDOW + 1) * WINDOW <= last) {
                totals.merge(group(order), order.amount(), Double::sum);
            }
        }
        return new Result(
                totals.size(),
                totals.values().stream().mapToDouble(Double::doubleValue).sum());
    }

    static Result windowChanges(Market market) {
        Map<Group, Double> totals = new HashMap<>();
        return over(market, order -> true, order -> totals.merge(group(order), order.amount(), Double::sum));
    }

    static Result most(Market market) {
        long most = market.customers().stream().mapToLong(Customer::limit).max().orElseThrow();
        return over(market, order -> true, order -> most);
    }

    static Result ofGold(Market market) {
        return over(market, order -> isOf(market, order, "gold"), Order::id);
    }

    private static boolean isOf(Market market, Order order, String tier) {
        return market.isKnown(order) && market.customer(order).tier().equals(tier);
    }

    static Result limits(Market market) {
        return over(
                market,
                order -> true,
                order -> market.isKnown(order) ? market.customer(order).limit() : 0);
    }

    static Result between(Market market) {
        long low = least(market, "gold");
        long high = least(market, "silver");
        return over(market, order -> order.amount() > low && order.amount() < high, Order::id);
    }

    private static long least(Market market, String tier) {
        return market.customers().stream()
                .filter(customer -> customer.tier().equals(tier))
                .mapToLong(Customer::limit)
                .min()
                .orElseThrow();
    }

    static Result paid(Market market) {
        return over(market, order -> order.paid().isPresent(), Order::id);
    }

    static Result paidSoon(Market market) {
        return over(market, order -> order.paid().isPresent() && order.paid().getAsLong() <= SOON, Order::id);
    }

    static Result known(Market market) {
        return over(market, market::isKnown, Order::id);
    }
}
