package io.velostream.bench.nexmark.query;

import io.velostream.bench.nexmark.check.RowText;
import io.velostream.bench.nexmark.event.Event;
import io.velostream.bench.nexmark.event.Event.Bid;
import java.util.function.Consumer;

/** The bids among the events. */
final class Bids {

    /** How far the watermark stays behind the newest event in all queries, milliseconds. */
    static final long DISORDER = 4000;

    private Bids() {}

    static void each(Iterable<Event> events, Consumer<Bid> action) {
        for (Event event : events) {
            if (event instanceof Bid bid) {
                action.accept(bid);
            }
        }
    }

    /** The watermark once all events of a kind are read. */
    static long watermark(Iterable<Event> events, Class<? extends Event> kind) {
        long newest = Long.MIN_VALUE + DISORDER;
        for (Event event : events) {
            if (kind.isInstance(event)) {
                newest = Math.max(newest, event.dateTime());
            }
        }
        return newest - DISORDER;
    }

    /** The columns that most queries begin with. */
    static RowText row(Bid bid) {
        return new RowText().put("auction", bid.auction()).put("bidder", bid.bidder());
    }
}
