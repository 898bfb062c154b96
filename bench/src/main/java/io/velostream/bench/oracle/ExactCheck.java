package io.velostream.bench.oracle;

import io.velostream.bench.oracle.RowReader.RowException;
import io.velostream.bench.query.BenchQuery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The output must be exactly the oracle's rows in any order. Equality is decided by {@link Digest}; the rows' hashes are kept
 * to name missing and unexpected rows when it fails.
 */
public final class ExactCheck implements OutputCheck {
    private static final int EXAMPLES = 3;

    private final BenchQuery query;
    private final Oracle oracle;
    private final Digest expected;
    private final Digest actual = new Digest();
    private final HashList hashes = new HashList();
    private final RowReader reader;
    private final RowHasher hasher;
    private final List<String> malformed = new ArrayList<>();
    private long values;
    private long malformedCount;
    private long[] unexpected = {};

    /**
     * A check of one run.
     *
     * @param expected the digest of the oracle's rows of this query, computed once for all runs
     */
    public ExactCheck(BenchQuery query, Oracle oracle, Digest expected) {
        this.query = query;
        this.oracle = oracle;
        this.expected = expected;
        this.reader = new RowReader(query.columns());
        this.hasher = new RowHasher(hash -> {
            actual.accept(hash);
            hashes.accept(hash);
        });
    }

    @Override
    public void accept(byte @Nullable [] value) {
        values++;
        try {
            reader.read(value, hasher);
        } catch (RowException e) {
            malformedCount++;
            if (malformed.size() < EXAMPLES) {
                malformed.add(Values.text(value) + " has " + e.getMessage());
            }
        }
    }

    @Override
    public long rows() {
        return values;
    }

    @Override
    public long expectedRows() {
        return expected.rows();
    }

    @Override
    public Verdict verdict() {
        if (malformedCount == 0 && actual.matches(expected)) {
            return new Verdict(true, values, expected.rows(), values + " rows equal the oracle's");
        }
        return new Verdict(false, values, expected.rows(), difference());
    }

    private String difference() {
        HashList wanted = new HashList();
        oracle.rows(query, new RowHasher(wanted));
        long[] want = wanted.sorted();
        long[] got = hashes.sorted();
        long[] missing = minus(want, got);
        unexpected = minus(got, want);
        StringBuilder text = new StringBuilder()
                .append(values)
                .append(" rows instead of ")
                .append(expected.rows())
                .append("; missing ")
                .append(missing.length)
                .append(", unexpected ")
                .append(unexpected.length)
                .append(", malformed ")
                .append(malformedCount);
        examples(missing).forEach(row -> text.append("\n    missing ").append(row));
        malformed.forEach(row -> text.append("\n    malformed ").append(row));
        return text.toString();
    }

    private List<String> examples(long[] missing) {
        List<String> texts = new ArrayList<>();
        if (missing.length > 0) {
            String[] row = {""};
            RowText writer = new RowText(query.columns(), text -> row[0] = text);
            LongConsumer collect = hash -> {
                if (texts.size() < EXAMPLES && Arrays.binarySearch(missing, hash) >= 0) {
                    texts.add(row[0]);
                }
            };
            oracle.rows(query, new BothSinks(writer, new RowHasher(collect)));
        }
        return texts;
    }

    @Override
    public boolean isUnexpected(byte @Nullable [] value) {
        if (unexpected.length == 0) {
            return false;
        }
        boolean[] found = {false};
        try {
            reader.read(value, new RowHasher(hash -> found[0] = Arrays.binarySearch(unexpected, hash) >= 0));
        } catch (RowException e) {
            return false;
        }
        return found[0];
    }

    /** The multiset difference of two sorted arrays. */
    private static long[] minus(long[] from, long[] what) {
        HashList rest = new HashList();
        int j = 0;
        for (long value : from) {
            while (j < what.length && what[j] < value) {
                j++;
            }
            if (j < what.length && what[j] == value) {
                j++;
            } else {
                rest.accept(value);
            }
        }
        return rest.sorted();
    }
}
