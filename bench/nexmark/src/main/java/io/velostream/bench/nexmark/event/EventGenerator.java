package io.velostream.bench.nexmark.event;

import io.velostream.bench.nexmark.event.Event.Auction;
import io.velostream.bench.nexmark.event.Event.Bid;
import io.velostream.bench.nexmark.event.Event.Person;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;

/**
 * Nexmark's event mix by its published proportions: of fifty events one is a person, three are auctions and forty-six are
 * bids. Half of the bids go to the hot auction, which changes with each hundredth; three quarters of bids and auctions come
 * from the hot person, who changes with each hundredth too; half of the bids come through four hot channels. Prices are
 * spread evenly over six powers of ten. Ids begin at 1000, categories at 10. Each call of {@link #iterator} makes the same
 * events anew.
 *
 * <p>Time begins 40 seconds before a midnight, so that a day ends within the events.
 */
public final class EventGenerator implements Iterable<Event> {

    static final int PERSONS = 1;
    static final int AUCTIONS = 3;
    static final int BIDS = 46;

    private static final int EPOCH = PERSONS + AUCTIONS + BIDS;
    private static final long FIRST_ID = 1000;
    private static final long FIRST_CATEGORY = 10;
    private static final int CATEGORIES = 5;
    private static final int ACTIVE_PERSONS = 1000;
    private static final int ID_LEAD = 10;
    private static final int HOT_SPAN = 100;
    private static final int HOT_AUCTION_RATIO = 2;
    private static final int HOT_PERSON_RATIO = 4;
    private static final int PERSON_SIZE = 200;
    private static final int AUCTION_SIZE = 500;
    private static final int BID_SIZE = 100;
    private static final long SHUFFLE = 953;
    private static final long BEGIN = Instant.parse("2015-07-14T23:59:20Z").toEpochMilli();

    private static final List<String> STATES = List.of("AZ", "CA", "ID", "OR", "WA", "WY");
    private static final List<String> CITIES = List.of(
            "Phoenix",
            "Los Angeles",
            "San Francisco",
            "Boise",
            "Portland",
            "Bend",
            "Redmond",
            "Seattle",
            "Kent",
            "Cheyenne");
    private static final List<String> FIRST_NAMES =
            List.of("Peter", "Paul", "Luke", "John", "Saul", "Vicky", "Kate", "Julie", "Sarah", "Deiter", "Walter");
    private static final List<String> LAST_NAMES =
            List.of("Shultz", "Abrams", "Spencer", "White", "Bartels", "Walton", "Smith", "Jones", "Noris");

    private final NexmarkSpec spec;
    private final Channels channels;

    /** For the events of a specification. */
    public EventGenerator(NexmarkSpec spec) {
        this.spec = spec;
        this.channels = new Channels(new SplittableRandom(spec.seed()));
    }

    @Override
    public Iterator<Event> iterator() {
        return new Events(new SplittableRandom(spec.seed() + 1));
    }

    private long time(long event) {
        return BEGIN + event * 1000 / spec.eventsPerSecond();
    }

    /** Base-0 id of the last auction as of an event; -1 before the first. */
    private static long lastAuction(long event) {
        long epoch = event / EPOCH;
        long place = event % EPOCH;
        return epoch * AUCTIONS - 1 + Math.clamp(place - PERSONS + 1, 0, AUCTIONS);
    }

    private static long lastPerson(long event) {
        return event / EPOCH;
    }

    private static long hot(long last) {
        return Math.max(last, 0) / HOT_SPAN * HOT_SPAN;
    }

    private final class Events implements Iterator<Event> {
        private final SplittableRandom random;
        private long made;

        Events(SplittableRandom random) {
            this.random = random;
        }

        @Override
        public boolean hasNext() {
            return made < spec.events();
        }

        @Override
        public Event next() {
            if (!hasNext()) {
                throw new NoSuchElementException("All " + spec.events() + " events are made");
            }
            long event = shuffled(made++);
            long place = event % EPOCH;
            if (place < PERSONS) {
                return person(event);
            }
            return place < PERSONS + AUCTIONS ? auction(event) : bid(event);
        }

        private long shuffled(long number) {
            long group = spec.disorder();
            return number / group * group + number * SHUFFLE % group;
        }

        private Person person(long event) {
            String name = Words.oneOf(FIRST_NAMES, random) + " " + Words.oneOf(LAST_NAMES, random);
            String email = Words.word(random, 7, '.') + "@" + Words.word(random, 5, '.') + ".com";
            String card = "%04d %04d %04d %04d"
                    .formatted(
                            random.nextInt(10_000),
                            random.nextInt(10_000),
                            random.nextInt(10_000),
                            random.nextInt(10_000));
            String city = Words.oneOf(CITIES, random);
            String state = Words.oneOf(STATES, random);
            int used = 8 + name.length() + email.length() + card.length() + city.length() + state.length();
            return new Person(
                    FIRST_ID + lastPerson(event),
                    name,
                    email,
                    card,
                    city,
                    state,
                    time(event),
                    Words.filler(random, used, PERSON_SIZE));
        }

        private Auction auction(long event) {
            long seller = random.nextInt(HOT_PERSON_RATIO) > 0 ? hot(lastPerson(event)) : somePerson(event);
            long initial = price();
            String name = Words.word(random, 20, ' ');
            String description = Words.word(random, 100, ' ');
            long horizon = time(event + (long) spec.auctionsInFlight() * EPOCH / AUCTIONS) - time(event);
            return new Auction(
                    FIRST_ID + lastAuction(event),
                    name,
                    description,
                    initial,
                    initial + price(),
                    time(event),
                    time(event) + 1 + random.nextLong(Math.max(1, horizon * 2)),
                    FIRST_ID + seller,
                    FIRST_CATEGORY + random.nextInt(CATEGORIES),
                    Words.filler(random, 48 + name.length() + description.length(), AUCTION_SIZE));
        }

        private Bid bid(long event) {
            long auction = random.nextInt(HOT_AUCTION_RATIO) > 0 ? hot(lastAuction(event)) : someAuction(event);
            long bidder = random.nextInt(HOT_PERSON_RATIO) > 0 ? hot(lastPerson(event)) + 1 : somePerson(event);
            long price = price();
            Channels.Channel channel = channels.next(random);
            return new Bid(
                    FIRST_ID + auction,
                    FIRST_ID + bidder,
                    price,
                    channel.name(),
                    channel.url(),
                    time(event),
                    Words.filler(random, 32, BID_SIZE));
        }

        /** One of the active persons, or one who has yet to come. */
        private long somePerson(long event) {
            long persons = lastPerson(event) + 1;
            long active = Math.min(persons, ACTIVE_PERSONS);
            return persons - active + random.nextLong(active + ID_LEAD);
        }

        /** One of the open auctions, or one that has yet to come. */
        private long someAuction(long event) {
            long last = lastAuction(event);
            long first = Math.max(last - spec.auctionsInFlight(), 0);
            return first + random.nextLong(last - first + 1 + ID_LEAD);
        }

        private long price() {
            return Math.round(Math.pow(10, random.nextDouble() * 6) * 100);
        }
    }
}
