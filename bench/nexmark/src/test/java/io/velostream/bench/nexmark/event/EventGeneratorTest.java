package io.velostream.bench.nexmark.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.velostream.bench.nexmark.event.Event.Auction;
import io.velostream.bench.nexmark.event.Event.Bid;
import io.velostream.bench.nexmark.event.Event.Person;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The proportions that Nexmark publishes. */
class EventGeneratorTest {

    private static final int EVENTS = 100_000;

    private static <E> List<E> events(NexmarkSpec spec, Class<E> kind) {
        List<E> found = new ArrayList<>();
        for (Event event : new EventGenerator(spec)) {
            if (kind.isInstance(event)) {
                found.add(kind.cast(event));
            }
        }
        return found;
    }

    private static <E> List<E> events(Class<E> kind) {
        return events(NexmarkSpec.standard(EVENTS, 42), kind);
    }

    @Test
    void ofFiftyEventsOneIsAPersonThreeAreAuctionsAndFortySixAreBids() {
        assertThat(events(Person.class)).hasSize(EVENTS / 50);
        assertThat(events(Auction.class)).hasSize(EVENTS / 50 * 3);
        assertThat(events(Bid.class)).hasSize(EVENTS / 50 * 46);
    }

    @Test
    void idsCountUpFromAThousand() {
        List<Auction> auctions = events(Auction.class);
        List<Person> persons = events(Person.class);

        for (int i = 0; i < auctions.size(); i++) {
            assertThat(auctions.get(i).id()).isEqualTo(1_000 + i);
        }
        for (int i = 0; i < persons.size(); i++) {
            assertThat(persons.get(i).id()).isEqualTo(1_000 + i);
        }
    }

    @Test
    void halfOfTheBidsGoToTheHotAuctionAndThreeQuartersComeFromTheHotBidder() {
        List<Bid> bids = events(Bid.class);

        assertThat(share(bids.stream().filter(bid -> bid.auction() % 100 == 0).count(), bids.size()))
                .isCloseTo(0.5, within(0.01));
        assertThat(share(bids.stream().filter(bid -> bid.bidder() % 100 == 1).count(), bids.size()))
                .isCloseTo(0.75, within(0.01));
        assertThat(share(
                        bids.stream()
                                .filter(bid -> Set.of("Google", "Facebook", "Baidu", "Apple")
                                        .contains(bid.channel()))
                                .count(),
                        bids.size()))
                .isCloseTo(0.5, within(0.01));
    }

    private static double share(long some, long all) {
        return (double) some / all;
    }

    @Test
    void tenThousandEventsAreASecondInOrder() {
        List<Event> all = events(Event.class);

        assertThat(all.getLast().dateTime() - all.getFirst().dateTime()).isEqualTo(EVENTS / 10 - 1);
        assertThat(all.stream().map(Event::dateTime).toList()).isSorted();
    }

    @Test
    void stretchedEventsAreTheSameNumberOutOfOrder() {
        List<Event> all = events(NexmarkSpec.stretched(5_000, 7), Event.class);

        assertThat(all).hasSize(5_000);
        long newest = Long.MIN_VALUE;
        long latest = 0;
        for (Event event : all) {
            newest = Math.max(newest, event.dateTime());
            latest = Math.max(latest, newest - event.dateTime());
        }
        assertThat(latest).isBetween(1_000L, 2_000L);
    }

    @Test
    void anAuctionEndsWithinTheBoundOfTheJoins() {
        for (NexmarkSpec spec : List.of(NexmarkSpec.standard(EVENTS, 42), NexmarkSpec.stretched(5_000, 7))) {
            assertThat(events(spec, Auction.class))
                    .allSatisfy(auction ->
                            assertThat(auction.expires() - auction.dateTime()).isBetween(1L, 9_999L));
        }
    }

    @Test
    void theSameSeedGivesTheSameEvents() {
        Set<Event> once = new HashSet<>(events(NexmarkSpec.standard(1_000, 1), Event.class));

        assertThat(events(NexmarkSpec.standard(1_000, 1), Event.class))
                .hasSize(1_000)
                .allMatch(once::contains);
        assertThat(events(NexmarkSpec.standard(1_000, 2), Event.class)).anyMatch(event -> !once.contains(event));
    }
}
