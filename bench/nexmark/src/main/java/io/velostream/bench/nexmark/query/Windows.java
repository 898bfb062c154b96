package io.velostream.bench.nexmark.query;

import io.velostream.bench.nexmark.check.OutputCheck;
import io.velostream.bench.nexmark.check.RowText;
import io.velostream.bench.nexmark.check.RowsCheck;
import io.velostream.bench.nexmark.event.Event;
import io.velostream.bench.nexmark.event.Event.Auction;
import io.velostream.bench.nexmark.event.Event.Bid;
import io.velostream.bench.nexmark.event.Event.Person;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Queries over windows. A window is written when the watermark has reached its end; none is late in these events. */
final class Windows {

    private static final long SIZE = 10_000;
    private static final long SLIDE = 2_000;

    private Windows() {}

    static Map<String, OutputCheck> hotItems(Iterable<Event> events) {
        TreeMap<Long, Map<Long, Integer>> windows = new TreeMap<>();
        Bids.each(events, bid -> {
            long last = bid.dateTime() / SLIDE * SLIDE;
            for (long start = last; start > bid.dateTime() - SIZE; start -= SLIDE) {
                windows.computeIfAbsent(start + SIZE, end -> new HashMap<>()).merge(bid.auction(), 1, Integer::sum);
            }
        });
        var closed = windows.headMap(Bids.watermark(events, Bid.class), true);
        RowsCheck counts = new RowsCheck();
        RowsCheck hot = new RowsCheck();
        closed.forEach((end, numbers) -> {
            int most = Collections.max(numbers.values());
            numbers.forEach((auction, num) -> {
                counts.expect(row(auction, num, end));
                // The maximum is a window over a stream that keeps the disorder of what it is made of.
                if (num >= most && end < closed.lastKey() - Bids.DISORDER) {
                    hot.expect(row(auction, num, end));
                }
            });
        });
        return Map.of("auction_bids", counts, "q5", hot);
    }

    private static RowText row(long auction, int num, long end) {
        return new RowText().put("auction", auction).put("num", num).put("endtime", end);
    }

    static Map<String, OutputCheck> highestBids(Iterable<Event> events) {
        TreeMap<Long, Long> highest = new TreeMap<>();
        Bids.each(events, bid -> highest.merge(end(bid.dateTime()), bid.price(), Math::max));
        TreeMap<Long, Long> closed = new TreeMap<>(highest.headMap(Bids.watermark(events, Bid.class), true));
        RowsCheck check = new RowsCheck();
        Bids.each(
                events,
                bid -> closed.subMap(bid.dateTime(), true, bid.dateTime() + SIZE, true)
                        .forEach((end, price) -> {
                            if (price == bid.price()) {
                                check.expect(new RowText()
                                        .put("auction", bid.auction())
                                        .put("price", bid.price())
                                        .put("bidder", bid.bidder())
                                        .time("dateTime", bid.dateTime())
                                        .put("extra", bid.extra()));
                            }
                        }));
        return Map.of("q7", check);
    }

    static Map<String, OutputCheck> newSellers(Iterable<Event> events) {
        record Seller(long id, long end) {}
        Set<Seller> sellers = new HashSet<>();
        List<Person> persons = new ArrayList<>();
        for (Event event : events) {
            if (event instanceof Auction auction) {
                sellers.add(new Seller(auction.seller(), end(auction.dateTime())));
            } else if (event instanceof Person person) {
                persons.add(person);
            }
        }
        long closed = Math.min(Bids.watermark(events, Person.class), Bids.watermark(events, Auction.class));
        RowsCheck check = new RowsCheck();
        for (Person person : persons) {
            long end = end(person.dateTime());
            if (end <= closed && sellers.contains(new Seller(person.id(), end))) {
                check.expect(new RowText()
                        .put("id", person.id())
                        .put("name", person.name())
                        .put("starttime", end - SIZE));
            }
        }
        return Map.of("q8", check);
    }

    static Map<String, OutputCheck> sessions(Iterable<Event> events) {
        Map<Long, List<Long>> times = new HashMap<>();
        Bids.each(
                events,
                bid -> times.computeIfAbsent(bid.bidder(), bidder -> new ArrayList<>())
                        .add(bid.dateTime()));
        long watermark = Bids.watermark(events, Bid.class);
        RowsCheck check = new RowsCheck();
        times.forEach((bidder, bids) -> {
            Collections.sort(bids);
            int first = 0;
            for (int next = 1; next <= bids.size(); next++) {
                long last = bids.get(next - 1);
                if (next == bids.size() || bids.get(next) - last > SIZE) {
                    if (last + SIZE <= watermark) {
                        check.expect(window(bidder, next - first, bids.get(first), last + SIZE));
                    }
                    first = next;
                }
            }
        });
        return Map.of("q11", check);
    }

    static Map<String, OutputCheck> arrivals(Iterable<Event> events) {
        record Window(long bidder, long end) {}
        Map<Window, Integer> counts = new HashMap<>();
        Bids.each(events, bid -> counts.merge(new Window(bid.bidder(), end(bid.dateTime())), 1, Integer::sum));
        long watermark = Bids.watermark(events, Bid.class);
        RowsCheck check = new RowsCheck();
        counts.forEach((window, count) -> {
            if (window.end() <= watermark) {
                check.expect(window(window.bidder(), count, window.end() - SIZE, window.end()));
            }
        });
        return Map.of("q12", check);
    }

    private static RowText window(long bidder, int count, long start, long end) {
        return new RowText()
                .put("bidder", bidder)
                .put("bid_count", count)
                .put("starttime", start)
                .put("endtime", end);
    }

    private static long end(long time) {
        return time / SIZE * SIZE + SIZE;
    }
}
