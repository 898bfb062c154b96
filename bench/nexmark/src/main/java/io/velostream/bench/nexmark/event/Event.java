package io.velostream.bench.nexmark.event;

/** What happens in the auction house. */
public sealed interface Event {

    /** When it happened, milliseconds since the epoch. */
    long dateTime();

    /** Someone registers. */
    record Person(
            long id,
            String name,
            String emailAddress,
            String creditCard,
            String city,
            String state,
            long dateTime,
            String extra)
            implements Event {}

    /**
     * An item is put up.
     *
     * @param initialBid the first price, cents
     * @param reserve the price below which it is not sold, cents
     * @param expires when bidding ends, milliseconds since the epoch
     */
    record Auction(
            long id,
            String itemName,
            String description,
            long initialBid,
            long reserve,
            long dateTime,
            long expires,
            long seller,
            long category,
            String extra)
            implements Event {}

    /**
     * Someone bids.
     *
     * @param price cents
     */
    record Bid(long auction, long bidder, long price, String channel, String url, long dateTime, String extra)
            implements Event {}
}
