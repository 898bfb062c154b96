package io.velostream.bench.nexmark.query;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.velostream.bench.nexmark.check.OutputCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The means of query 6. Auctions of one seller that close in the same millisecond may follow in any order, so each row is
 * checked against those before it: every closed auction once, a seller's in the order in which they close, and with each
 * the mean of its price and the ten before.
 */
final class SellerMeansCheck implements OutputCheck {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int LAST = 11;
    private static final double EXACT = 1e-9;
    private static final int SHOWN = 3;

    private record Closed(long seller, long price, long end) {}

    /** What was written for a seller so far. */
    private static final class Seller {
        private final Deque<Long> prices = new ArrayDeque<>();
        private long lastEnd = Long.MIN_VALUE;
    }

    private final Map<Long, Closed> missing = new HashMap<>();
    private final Map<Long, Seller> sellers = new HashMap<>();
    private final List<String> problems = new ArrayList<>();
    private long expected;

    void expect(long seller, long auction, long price, long end) {
        missing.put(auction, new Closed(seller, price, end));
        expected++;
    }

    @Override
    public void row(@Nullable String key, byte @Nullable [] value) {
        if (value == null) {
            problem("a tombstone of " + key);
            return;
        }
        Map<String, Double> row = read(value);
        Closed closed = missing.remove(row.getOrDefault("id", -1.0).longValue());
        if (closed == null
                || closed.seller() != row.getOrDefault("seller", -1.0).longValue()
                || closed.price() != row.getOrDefault("price", -1.0).longValue()) {
            problem("not expected, or twice: " + row);
            return;
        }
        Seller seller = sellers.computeIfAbsent(closed.seller(), id -> new Seller());
        if (closed.end() < seller.lastEnd) {
            problem("closed at " + closed.end() + " but written after one that closed at " + seller.lastEnd + ": "
                    + row);
        }
        seller.lastEnd = closed.end();
        seller.prices.addLast(closed.price());
        if (seller.prices.size() > LAST) {
            seller.prices.removeFirst();
        }
        double mean =
                seller.prices.stream().mapToLong(Long::longValue).average().orElseThrow();
        if (Math.abs(row.getOrDefault("avg_price", -1.0) - mean) > EXACT * mean) {
            problem("the mean should be " + mean + " here: " + row);
        }
    }

    private static Map<String, Double> read(byte[] json) {
        Map<String, Double> row = new HashMap<>();
        try (JsonParser parser = JSON.createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isNumeric()) {
                    row.put(parser.currentName(), parser.getDoubleValue());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A row is no JSON: " + new String(json, StandardCharsets.UTF_8), e);
        }
        return row;
    }

    @Override
    public List<String> problems() {
        if (!missing.isEmpty()) {
            problem(missing.size() + " closed auctions are missing, such as "
                    + missing.keySet().iterator().next());
        }
        return problems;
    }

    private void problem(String text) {
        if (problems.size() < SHOWN) {
            problems.add(text);
        }
    }

    @Override
    public long expected() {
        return expected;
    }
}
