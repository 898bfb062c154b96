package io.velostream.bench.nexmark.query;

import io.velostream.bench.nexmark.check.OutputCheck;
import io.velostream.bench.nexmark.check.RowText;
import io.velostream.bench.nexmark.check.RowsCheck;
import io.velostream.bench.nexmark.check.TableCheck;
import io.velostream.bench.nexmark.event.Event;
import io.velostream.bench.nexmark.event.Event.Auction;
import io.velostream.bench.nexmark.event.Event.Bid;
import io.velostream.bench.nexmark.event.Event.Person;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** Queries that bring auctions together with persons and bids. */
final class AuctionJoins {

    private static final long CATEGORY = 10;
    private static final long GAP = 10_000;
    private static final Set<String> STATES = Set.of("OR", "ID", "CA");

    private AuctionJoins() {}

    static Map<String, OutputCheck> localItems(Iterable<Event> events) {
        Map<Long, Person> persons = new HashMap<>();
        for (Event event : events) {
            if (event instanceof Person person) {
                persons.put(person.id(), person);
            }
        }
        TableCheck check = new TableCheck();
        auctions(events).values().forEach(auction -> {
            Person seller = persons.get(auction.seller());
            if (auction.category() == CATEGORY && seller != null && STATES.contains(seller.state())) {
                check.expect(
                        Long.toString(auction.id()),
                        new RowText()
                                .put("name", seller.name())
                                .put("city", seller.city())
                                .put("state", seller.state())
                                .put("id", auction.id()));
            }
        });
        return Map.of("q3", check);
    }

    static Map<String, OutputCheck> categoryMeans(Iterable<Event> events) {
        Map<Auction, Long> winning = new HashMap<>();
        eachValidBid(events, (auction, bid) -> winning.merge(auction, bid.price(), Math::max));
        TableCheck winners = new TableCheck();
        winning.forEach((auction, price) -> winners.expect(
                auction.id() + "|" + auction.category(),
                new RowText()
                        .put("id", auction.id())
                        .put("category", auction.category())
                        .put("final", price)));
        TableCheck means = new TableCheck();
        winning.entrySet().stream()
                .collect(Collectors.groupingBy(
                        entry -> entry.getKey().category(), Collectors.averagingLong(Map.Entry::getValue)))
                .forEach((category, mean) -> means.expect(
                        category.toString(),
                        new RowText().put("category", category).put("final", BigDecimal.valueOf(mean))));
        return Map.of("winning", winners, "q4", means);
    }

    static Map<String, OutputCheck> sellerMeans(Iterable<Event> events) {
        Map<Auction, List<Bid>> valid = new HashMap<>();
        eachValidBid(
                events,
                (auction, bid) ->
                        valid.computeIfAbsent(auction, any -> new ArrayList<>()).add(bid));
        long closed = Math.min(Bids.watermark(events, Auction.class), Bids.watermark(events, Bid.class));
        SellerMeansCheck check = new SellerMeansCheck();
        valid.forEach((auction, bids) -> {
            long end = bids.stream().mapToLong(Bid::dateTime).max().orElseThrow() + GAP;
            long price = bids.stream().mapToLong(Bid::price).max().orElseThrow();
            if (end <= closed) {
                check.expect(auction.seller(), auction.id(), price, end);
            }
        });
        return Map.of("q6", check);
    }

    static Map<String, OutputCheck> winningBids(Iterable<Event> events) {
        Map<Auction, List<Bid>> best = new HashMap<>();
        eachValidBid(events, (auction, bid) -> {
            List<Bid> winners = best.computeIfAbsent(auction, any -> new ArrayList<>(1));
            int order = winners.isEmpty() ? 0 : compare(bid, winners.getFirst());
            if (order > 0) {
                winners.clear();
            }
            if (order >= 0) {
                winners.add(bid);
            }
        });
        TableCheck check = new TableCheck();
        best.forEach((auction, bids) -> bids.forEach(bid -> check.expect(
                Long.toString(auction.id()),
                columns(new RowText().put("id", auction.id()), auction, "dateTime")
                        .put("extra", auction.extra())
                        .put("auction", bid.auction())
                        .put("bidder", bid.bidder())
                        .put("price", bid.price())
                        .time("bid_dateTime", bid.dateTime())
                        .put("bid_extra", bid.extra()))));
        return Map.of("q9", check);
    }

    /** Positive when the first is better: higher, or as high and earlier. */
    private static int compare(Bid one, Bid other) {
        int byPrice = Long.compare(one.price(), other.price());
        return byPrice == 0 ? Long.compare(other.dateTime(), one.dateTime()) : byPrice;
    }

    static Map<String, OutputCheck> expandedBids(Iterable<Event> events) {
        Map<Long, Auction> auctions = auctions(events);
        RowsCheck check = new RowsCheck();
        Bids.each(events, bid -> {
            Auction auction = auctions.get(bid.auction());
            if (auction != null && auction.category() == CATEGORY) {
                RowText row = Bids.row(bid)
                        .put("price", bid.price())
                        .put("channel", bid.channel())
                        .put("url", bid.url())
                        .time("bid_dateTime", bid.dateTime())
                        .put("bid_extra", bid.extra());
                check.expect(columns(row, auction, "auction_dateTime").put("auction_extra", auction.extra()));
            }
        });
        return Map.of("q20", check);
    }

    private static RowText columns(RowText row, Auction auction, String dateTime) {
        return row.put("itemName", auction.itemName())
                .put("description", auction.description())
                .put("initialBid", auction.initialBid())
                .put("reserve", auction.reserve())
                .time(dateTime, auction.dateTime())
                .time("expires", auction.expires())
                .put("seller", auction.seller())
                .put("category", auction.category());
    }

    /** Each bid that came while its auction was open. */
    private static void eachValidBid(Iterable<Event> events, BiConsumer<Auction, Bid> action) {
        Map<Long, Auction> auctions = auctions(events);
        Bids.each(events, bid -> {
            Auction auction = auctions.get(bid.auction());
            if (auction != null && bid.dateTime() >= auction.dateTime() && bid.dateTime() <= auction.expires()) {
                action.accept(auction, bid);
            }
        });
    }

    private static Map<Long, Auction> auctions(Iterable<Event> events) {
        Map<Long, Auction> auctions = new TreeMap<>();
        for (Event event : events) {
            if (event instanceof Auction auction) {
                auctions.put(auction.id(), auction);
            }
        }
        return auctions;
    }
}
