package io.velostream.bench.nexmark.query;

import io.velostream.bench.nexmark.check.OutputCheck;
import io.velostream.bench.nexmark.check.RowText;
import io.velostream.bench.nexmark.check.RowsCheck;
import io.velostream.bench.nexmark.check.TableCheck;
import io.velostream.bench.nexmark.event.Event;
import io.velostream.bench.nexmark.event.Event.Bid;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The last and the highest bids. */
final class Rankings {

    private static final int BEST = 10;

    private Rankings() {}

    static Map<String, OutputCheck> lastBids(Iterable<Event> events) {
        record Pair(long auction, long bidder) {}
        Map<Pair, List<Bid>> last = new HashMap<>();
        Bids.each(events, bid -> {
            List<Bid> newest = last.computeIfAbsent(new Pair(bid.auction(), bid.bidder()), pair -> new ArrayList<>(1));
            if (!newest.isEmpty() && newest.getFirst().dateTime() < bid.dateTime()) {
                newest.clear();
            }
            if (newest.isEmpty() || newest.getFirst().dateTime() == bid.dateTime()) {
                newest.add(bid);
            }
        });
        TableCheck check = new TableCheck();
        last.forEach((pair, bids) -> bids.forEach(bid -> check.expect(pair.auction() + "|" + pair.bidder(), row(bid))));
        return Map.of("q18", check);
    }

    static Map<String, OutputCheck> topTen(Iterable<Event> events) {
        Map<Long, List<Long>> best = new HashMap<>();
        RowsCheck ranks = new RowsCheck();
        Bids.each(events, bid -> {
            List<Long> prices = best.computeIfAbsent(bid.auction(), auction -> new ArrayList<>(BEST + 1));
            // Behind those that are as high: they came before.
            int place = -Collections.binarySearch(
                            prices,
                            bid.price() * 2 - 1,
                            Comparator.<Long>naturalOrder().reversed())
                    - 1;
            if (place < BEST) {
                prices.add(place, bid.price() * 2);
                if (prices.size() > BEST) {
                    prices.removeLast();
                }
                ranks.expect(row(bid).put("rank_number", place + 1));
            }
        });
        TableCheck table = new TableCheck();
        best.forEach((auction, prices) -> table.expect(
                auction.toString(),
                new RowText()
                        .put("auction", auction)
                        .put("prices", prices.stream().map(twice -> twice / 2).toList())));
        return Map.of("q19", ranks, "q19_prices", table);
    }

    private static RowText row(Bid bid) {
        return Bids.row(bid)
                .put("price", bid.price())
                .put("channel", bid.channel())
                .put("url", bid.url())
                .time("dateTime", bid.dateTime())
                .put("extra", bid.extra());
    }
}
