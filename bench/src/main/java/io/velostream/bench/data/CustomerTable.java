package io.velostream.bench.data;

import io.velostream.bench.data.Customer.Style;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The customers that orders are joined with, and the records that make them. All versions are in force a day before the first
 * order, so a table that is whole before the first order is joined gives the same rows as one that is asked for its version at
 * the order's time. A quarter of the customers changes once, some are deleted, some come back, some never were.
 *
 * <p>The last record is of a customer without orders and carries a time beyond all orders: it moves the watermark of systems
 * that join by versions, so that they need no idle timeout.
 */
public final class CustomerTable {
    private static final long BEFORE_MILLIS = 86_400_000;
    private static final long CLOSING_AFTER_MILLIS = 365L * 86_400_000;
    private static final int KINDS = 40;
    private static final int CHANGED_BELOW = 10;
    private static final int DELETED = 10;
    private static final int CAME_BACK = 11;
    private static final int NEVER_THERE = 12;
    private static final int SECOND_VERSION = 1;

    private static final String[] TIERS = {"gold", "silver", "basic", "trial"};
    private static final String[] FIRST_NAMES = {
        "Ann", "Bob", "Eve", "Jo\u00e3o", "Zo\u00eb", "Max", "Lin", "\u65e5\u5411"
    };
    private static final String[] LAST_NAMES = {
        "Miller", "O\"Hara", "Sm\\th", "Garc\u00eda", "Fisher", "Baker", "Tailor", "Cook"
    };

    private final DataSpec spec;

    /** The customers of that input. */
    public CustomerTable(DataSpec spec) {
        this.spec = spec;
    }

    /** Passes all records in the order in which they are in the topic. */
    public void eachRecord(Consumer<Customer> action) {
        long time = DataSpec.EPOCH_MILLIS - BEFORE_MILLIS;
        for (int number = 0; number < spec.customers(); number++) {
            if (kind(number) != NEVER_THERE) {
                action.accept(version(number, 0, time++));
            }
        }
        for (int number = 0; number < spec.customers(); number++) {
            if (kind(number) == DELETED || kind(number) == CAME_BACK) {
                action.accept(new Customer(number, "", null, -1, time++, Style.TOMBSTONE));
            }
        }
        for (int number = 0; number < spec.customers(); number++) {
            if (kind(number) < CHANGED_BELOW || kind(number) == CAME_BACK) {
                action.accept(version(number, SECOND_VERSION, time++));
            }
        }
        action.accept(new Customer(
                Customer.CLOSING, "nobody", null, -1, DataSpec.EPOCH_MILLIS + CLOSING_AFTER_MILLIS, Style.PLAIN));
    }

    /** The customer as he is when all records are in force. */
    public Optional<Customer> current(int number) {
        int kind = number < 0 ? NEVER_THERE : kind(number);
        return kind == DELETED || kind == NEVER_THERE
                ? Optional.empty()
                : Optional.of(version(number, kind < CHANGED_BELOW || kind == CAME_BACK ? SECOND_VERSION : 0, 0));
    }

    private int kind(int number) {
        return Mix.range(Mix.of(~spec.seed() + number * Mix.GOLDEN), KINDS);
    }

    private Customer version(int number, int version, long time) {
        long random = Mix.of(Mix.of(~spec.seed() + number * Mix.GOLDEN) + (version + 1) * Mix.GOLDEN);
        int special = (int) (random & 63);
        String tier = special == 0 ? null : TIERS[(int) (random >>> 6 & 3)];
        int eighths = special == 1 || special == 2 ? -1 : (int) (random >>> 8 & 15);
        String name = FIRST_NAMES[(int) (random >>> 12 & 7)] + " " + LAST_NAMES[(int) (random >>> 15 & 7)];
        Style style = switch (special) {
            case 2 -> Style.RATE_MISSING;
            case 3, 4 -> Style.NAME_ESCAPED;
            case 5 -> Style.CUSTOMER_ESCAPED;
            case 6 -> Style.NESTED;
            case 7 -> Style.SPACED;
            default -> Style.PLAIN;
        };
        return new Customer(number, name, tier, eighths, time, style);
    }
}
