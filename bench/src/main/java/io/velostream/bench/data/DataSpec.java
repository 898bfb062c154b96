package io.velostream.bench.data;

/**
 * What the generated input looks like. Equal specs give equal bytes on every machine.
 *
 * @param seed picks the sequence of orders
 * @param records how many records the input holds, tombstones and the closing record included
 * @param customers distinct record keys
 * @param merchants distinct values of the column that is not the key
 * @param windows how many one-minute windows the event time of the whole input covers
 * @param duplicates whether some orders have their amount twice, of which the last counts. Flink's default JSON reader takes the
 *     first and loses the columns behind it, so inputs for comparisons have only an unread member twice
 */
public record DataSpec(long seed, long records, int customers, int merchants, int windows, boolean duplicates) {
    /** The event time of the first order, in epoch milliseconds: the start of a minute. */
    public static final long EPOCH_MILLIS = 1_700_000_040_000L;

    /** How far an order that is not late may lag behind the newest one, in milliseconds. */
    public static final int DISORDER_MILLIS = 2_000;

    /** The watermark trails the newest event time by this much, in milliseconds. */
    public static final int WATERMARK_DELAY_MILLIS = 5_000;

    /** The size of the tumbling windows of the queries, in milliseconds. */
    public static final int WINDOW_MILLIS = 60_000;

    private static final int CUSTOMERS = 10_000;
    private static final int MERCHANTS = 2_000;
    private static final long RECORDS_PER_WINDOW = 500_000;
    private static final long JOINED_RECORDS_PER_WINDOW = 60_000;

    public DataSpec {
        if (records < 1_000) {
            throw new IllegalArgumentException("An input has at least 1000 records, not " + records
                    + ": fewer hold no late rows or tombstones to verify against");
        }
        if (customers < 1 || customers > 10_000_000 || merchants < 1 || merchants > 10_000) {
            throw new IllegalArgumentException("1 to 10000000 customers and 1 to 10000 merchants are possible, not "
                    + customers + " and " + merchants);
        }
        if (windows < 1) {
            throw new IllegalArgumentException("The event time covers at least one window, not " + windows);
        }
    }

    /**
     * The input of the end-to-end queries: 10,000 customers, 2,000 merchants, half a million orders a window, but never
     * fewer than six windows, so that a short run closes some and has late rows.
     */
    public static DataSpec standard(long seed, long records, boolean duplicates) {
        long windows = Math.max(6, records / RECORDS_PER_WINDOW);
        return new DataSpec(seed, records, CUSTOMERS, MERCHANTS, Math.toIntExact(windows), duplicates);
    }

    /**
     * The input of a join of streams: the same, but with 60,000 orders and as many payments a minute, so that what two streams
     * hold for a minute is some hundred thousand rows.
     *
     * @param records orders, and again payments
     */
    public static DataSpec streams(long seed, long records, boolean duplicates) {
        long windows = Math.max(6, records / JOINED_RECORDS_PER_WINDOW);
        return new DataSpec(seed, records, CUSTOMERS, MERCHANTS, Math.toIntExact(windows), duplicates);
    }

    /** The event time that the order with this index would have without disorder, in epoch milliseconds. */
    public long clock(long index) {
        return EPOCH_MILLIS + (long) ((double) index * windows * WINDOW_MILLIS / records);
    }

    /** The index from which on late orders occur: the first windows are closed by then, whatever the system's batch. */
    public long firstLateIndex() {
        return records * 6 / 10;
    }
}
