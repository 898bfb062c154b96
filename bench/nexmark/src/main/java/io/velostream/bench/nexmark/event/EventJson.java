package io.velostream.bench.nexmark.event;

import io.velostream.bench.nexmark.event.Event.Auction;
import io.velostream.bench.nexmark.event.Event.Bid;
import io.velostream.bench.nexmark.event.Event.Person;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** Events as records of the topics {@code person}, {@code auction} and {@code bid}, and the table {@code side_input}. */
public final class EventJson {

    /** Entries of the side input: keys 0 to 9,999. */
    public static final int SIDE_INPUTS = 10_000;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    private EventJson() {}

    /** A point in time as the records have it. */
    public static String time(long millis) {
        return TIME.format(Instant.ofEpochMilli(millis));
    }

    /** The record of an event. */
    public static Record record(Event event) {
        return switch (event) {
            case Person person -> record("person", Long.toString(person.id()), person(person), person.dateTime());
            case Auction auction ->
                record("auction", Long.toString(auction.id()), auction(auction), auction.dateTime());
            case Bid bid -> new Record("bid", null, bytes(bid(bid)), bid.dateTime());
        };
    }

    /** The records of the side input, at a time. */
    public static List<Record> sideInput(long timestamp) {
        List<Record> records = new ArrayList<>(SIDE_INPUTS);
        for (int key = 0; key < SIDE_INPUTS; key++) {
            String json = new Members()
                    .number("key", key)
                    .text("value", sideValue(key))
                    .end();
            records.add(record("side_input", Integer.toString(key), json, timestamp));
        }
        return records;
    }

    /** What the side input has for a key. */
    public static String sideValue(long key) {
        return "side-" + key;
    }

    private static Record record(String topic, String key, String json, long timestamp) {
        return new Record(topic, bytes(key), bytes(json), timestamp);
    }

    private static String person(Person person) {
        return new Members()
                .number("id", person.id())
                .text("name", person.name())
                .text("emailAddress", person.emailAddress())
                .text("creditCard", person.creditCard())
                .text("city", person.city())
                .text("state", person.state())
                .text("dateTime", time(person.dateTime()))
                .text("extra", person.extra())
                .end();
    }

    private static String auction(Auction auction) {
        return new Members()
                .number("id", auction.id())
                .text("itemName", auction.itemName())
                .text("description", auction.description())
                .number("initialBid", auction.initialBid())
                .number("reserve", auction.reserve())
                .text("dateTime", time(auction.dateTime()))
                .text("expires", time(auction.expires()))
                .number("seller", auction.seller())
                .number("category", auction.category())
                .text("extra", auction.extra())
                .end();
    }

    private static String bid(Bid bid) {
        return new Members()
                .number("auction", bid.auction())
                .number("bidder", bid.bidder())
                .number("price", bid.price())
                .text("channel", bid.channel())
                .text("url", bid.url())
                .text("dateTime", time(bid.dateTime()))
                .text("extra", bid.extra())
                .end();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A JSON object in the making; the generated texts need no escapes. */
    private static final class Members {
        private final StringBuilder json = new StringBuilder(256).append('{');

        Members number(String name, long value) {
            name(name).append(value);
            return this;
        }

        Members text(String name, String value) {
            name(name).append('"').append(value).append('"');
            return this;
        }

        private StringBuilder name(String name) {
            if (json.length() > 1) {
                json.append(',');
            }
            return json.append('"').append(name).append("\":");
        }

        String end() {
            return json.append('}').toString();
        }
    }
}
