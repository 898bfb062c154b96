package io.velostream.bench.nexmark.query;

import io.velostream.bench.nexmark.check.OutputCheck;
import io.velostream.bench.nexmark.check.RowText;
import io.velostream.bench.nexmark.check.RowsCheck;
import io.velostream.bench.nexmark.event.Event;
import io.velostream.bench.nexmark.event.Event.Bid;
import io.velostream.bench.nexmark.event.EventJson;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Aggregates without a window: one row a bid with what its group has come to. */
final class Reports {

    private Reports() {}

    static Map<String, OutputCheck> daily(Iterable<Event> events) {
        Map<String, Levels> days = new HashMap<>();
        RowsCheck check = new RowsCheck();
        Bids.each(events, bid -> {
            String day = day(bid);
            Levels levels = days.computeIfAbsent(day, any -> new Levels());
            levels.add(bid);
            check.expect(levels.all(new RowText().put("day", day)));
        });
        return Map.of("q15", check);
    }

    static Map<String, OutputCheck> byChannel(Iterable<Event> events) {
        record Group(String channel, String day) {}
        Map<Group, Levels> groups = new HashMap<>();
        RowsCheck check = new RowsCheck();
        Bids.each(events, bid -> {
            Group group = new Group(bid.channel(), day(bid));
            Levels levels = groups.computeIfAbsent(group, any -> new Levels());
            levels.add(bid);
            check.expect(levels.all(new RowText()
                    .put("channel", group.channel())
                    .put("day", group.day())
                    .put("minute", levels.lastMinute)));
        });
        return Map.of("q16", check);
    }

    static Map<String, OutputCheck> byAuction(Iterable<Event> events) {
        record Group(long auction, String day) {}
        Map<Group, Prices> groups = new HashMap<>();
        RowsCheck check = new RowsCheck();
        Bids.each(events, bid -> {
            Group group = new Group(bid.auction(), day(bid));
            Prices prices = groups.computeIfAbsent(group, any -> new Prices());
            prices.add(bid.price());
            check.expect(
                    prices.row(new RowText().put("auction", group.auction()).put("day", group.day())));
        });
        return Map.of("q17", check);
    }

    private static String day(Bid bid) {
        return EventJson.time(bid.dateTime()).substring(0, 10);
    }

    /** 0 for any price, 1 to 3 for its level. */
    private static int level(long price) {
        if (price < 10_000) {
            return 1;
        }
        return price < 1_000_000 ? 2 : 3;
    }

    private static RowText counts(RowText row, String what, List<Long> numbers) {
        row.put("total_" + what, numbers.getFirst());
        for (int level = 1; level < numbers.size(); level++) {
            row.put("rank" + level + "_" + what, numbers.get(level));
        }
        return row;
    }

    /** Bids, and different bidders and auctions, of all prices and of each level. */
    private static final class Levels {
        private final long[] bids = new long[4];
        private final List<Set<Long>> bidders = sets();
        private final List<Set<Long>> auctions = sets();
        private String lastMinute = "";

        private static List<Set<Long>> sets() {
            return List.of(new HashSet<>(), new HashSet<>(), new HashSet<>(), new HashSet<>());
        }

        void add(Bid bid) {
            for (int level : new int[] {0, level(bid.price())}) {
                bids[level]++;
                bidders.get(level).add(bid.bidder());
                auctions.get(level).add(bid.auction());
            }
            String minute = EventJson.time(bid.dateTime()).substring(11, 16);
            lastMinute = minute.compareTo(lastMinute) > 0 ? minute : lastMinute;
        }

        RowText all(RowText row) {
            counts(row, "bids", List.of(bids[0], bids[1], bids[2], bids[3]));
            counts(row, "bidders", sizes(bidders));
            return counts(row, "auctions", sizes(auctions));
        }

        private static List<Long> sizes(List<Set<Long>> sets) {
            List<Long> sizes = new ArrayList<>();
            sets.forEach(set -> sizes.add((long) set.size()));
            return sizes;
        }
    }

    /** The bids on one auction. */
    private static final class Prices {
        private final long[] bids = new long[4];
        private long least = Long.MAX_VALUE;
        private long most = Long.MIN_VALUE;
        private long sum;

        void add(long price) {
            bids[0]++;
            bids[level(price)]++;
            least = Math.min(least, price);
            most = Math.max(most, price);
            sum += price;
        }

        RowText row(RowText row) {
            return counts(row, "bids", List.of(bids[0], bids[1], bids[2], bids[3]))
                    .put("min_price", least)
                    .put("max_price", most)
                    .put("avg_price", BigDecimal.valueOf((double) sum / bids[0]))
                    .put("sum_price", sum);
        }
    }
}
