package io.velostream.bench.nexmark.query;

import io.velostream.bench.nexmark.check.OutputCheck;
import io.velostream.bench.nexmark.check.RowText;
import io.velostream.bench.nexmark.check.RowsCheck;
import io.velostream.bench.nexmark.event.Event;
import io.velostream.bench.nexmark.event.Event.Bid;
import io.velostream.bench.nexmark.event.EventJson;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Queries whose rows come of one bid each. */
final class Projections {

    private static final BigDecimal EURO = new BigDecimal("0.908");
    private static final BigDecimal LEAST = new BigDecimal(1_000_000);
    private static final BigDecimal MOST = new BigDecimal(50_000_000);
    private static final String CHANNEL_ID = "&channel_id=";

    private Projections() {}

    static Map<String, OutputCheck> passThrough(Iterable<Event> events) {
        return rows("q0", events, bid -> Optional.of(row(bid, BigDecimal.valueOf(bid.price()))));
    }

    static Map<String, OutputCheck> euros(Iterable<Event> events) {
        return rows("q1", events, bid -> Optional.of(row(bid, euros(bid))));
    }

    static Map<String, OutputCheck> every123rd(Iterable<Event> events) {
        return rows(
                "q2",
                events,
                bid -> bid.auction() % 123 == 0
                        ? Optional.of(
                                new RowText().put("auction", bid.auction()).put("price", bid.price()))
                        : Optional.empty());
    }

    static Map<String, OutputCheck> logged(Iterable<Event> events) {
        return rows(
                "q10",
                events,
                bid -> Optional.of(row(bid, BigDecimal.valueOf(bid.price()))
                        .put("dt", EventJson.time(bid.dateTime()).substring(0, 10))
                        .put("hm", EventJson.time(bid.dateTime()).substring(11, 16))));
    }

    static Map<String, OutputCheck> sideInput(Iterable<Event> events) {
        return rows(
                "q13",
                events,
                bid -> Optional.of(Bids.row(bid)
                        .put("price", bid.price())
                        .time("dateTime", bid.dateTime())
                        .put("value", EventJson.sideValue(bid.auction() % EventJson.SIDE_INPUTS))));
    }

    static Map<String, OutputCheck> calculated(Iterable<Event> events) {
        return rows("q14", events, bid -> {
            BigDecimal price = euros(bid);
            if (price.compareTo(LEAST) <= 0 || price.compareTo(MOST) >= 0) {
                return Optional.empty();
            }
            return Optional.of(Bids.row(bid)
                    .put("price", price)
                    .put("bidTimeType", kindOfDay(bid.dateTime() / 3_600_000 % 24))
                    .time("dateTime", bid.dateTime())
                    .put("extra", bid.extra())
                    .put(
                            "c_counts",
                            bid.extra().chars().filter(letter -> letter == 'c').count()));
        });
    }

    private static String kindOfDay(long hour) {
        if (hour >= 8 && hour <= 18) {
            return "dayTime";
        }
        return hour <= 6 || hour >= 20 ? "nightTime" : "otherTime";
    }

    static Map<String, OutputCheck> channelIds(Iterable<Event> events) {
        return rows(
                "q21",
                events,
                bid -> channelId(bid)
                        .map(id -> Bids.row(bid)
                                .put("price", bid.price())
                                .put("channel", bid.channel())
                                .put("channel_id", id)));
    }

    private static Optional<String> channelId(Bid bid) {
        return switch (bid.channel().toLowerCase(Locale.ROOT)) {
            case "apple" -> Optional.of("0");
            case "google" -> Optional.of("1");
            case "facebook" -> Optional.of("2");
            case "baidu" -> Optional.of("3");
            default -> {
                int at = bid.url().indexOf(CHANNEL_ID);
                yield at < 0 ? Optional.empty() : Optional.of(bid.url().substring(at + CHANNEL_ID.length()));
            }
        };
    }

    static Map<String, OutputCheck> directories(Iterable<Event> events) {
        return rows("q22", events, bid -> {
            String[] parts = bid.url().split("/", -1);
            return Optional.of(Bids.row(bid)
                    .put("price", bid.price())
                    .put("channel", bid.channel())
                    .put("dir1", parts[3])
                    .put("dir2", parts[4])
                    .put("dir3", parts[5]));
        });
    }

    private static BigDecimal euros(Bid bid) {
        return EURO.multiply(BigDecimal.valueOf(bid.price()));
    }

    private static RowText row(Bid bid, BigDecimal price) {
        return Bids.row(bid)
                .put("price", price)
                .time("dateTime", bid.dateTime())
                .put("extra", bid.extra());
    }

    private static Map<String, OutputCheck> rows(
            String topic, Iterable<Event> events, Function<Bid, Optional<RowText>> rowOf) {
        RowsCheck check = new RowsCheck();
        Bids.each(events, bid -> rowOf.apply(bid).ifPresent(check::expect));
        return Map.of(topic, check);
    }
}
