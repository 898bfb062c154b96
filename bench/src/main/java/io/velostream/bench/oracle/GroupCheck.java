package io.velostream.bench.oracle;

import io.velostream.bench.oracle.RowReader.RowException;
import io.velostream.bench.query.BenchQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks running aggregates {group, n, total} whose values depend on how partitions interleave or on how updates are coalesced.
 *
 * <p>Not coalesced: in each group n counts 1, 2, 3, … without a gap, and the steps of the totals are, as a multiset, exactly the
 * amounts of the group's input rows. So a row lost, doubled, counted in another group or with a wrong amount is found, whatever
 * the order. Coalesced: n only ascends, and the last row of each group is the oracle's.
 */
public final class GroupCheck implements OutputCheck {
    private static final int EXAMPLES = 3;

    private final BenchQuery query;
    private final boolean coalesced;
    private final Digest expected;
    private final RowReader reader;
    private final GroupRow row = new GroupRow();
    private final Digest steps = new Digest();
    private final RowHasher stepHasher = new RowHasher(steps);
    private final Map<String, State> groups = new HashMap<>();
    private final State nullGroup = new State();
    private final List<String> problems = new ArrayList<>();
    private long values;
    private long problemCount;

    private static final class State {
        long count;
        double total;
        boolean hasTotal;
    }

    /**
     * A check of one run.
     *
     * @param expected digest of {@link Oracle#rows} of {@link BenchQuery#Q3R}, or of {@link Oracle#finalRows} when coalesced
     */
    public GroupCheck(BenchQuery query, boolean coalesced, Digest expected) {
        this.query = query;
        this.coalesced = coalesced;
        this.expected = expected;
        this.reader = new RowReader(query.columns());
    }

    @Override
    public void accept(byte @Nullable [] value) {
        values++;
        try {
            reader.read(value, row);
        } catch (RowException e) {
            problem(Values.text(value) + " has " + e.getMessage());
            return;
        }
        State state = row.group == null ? nullGroup : groups.computeIfAbsent(row.group, g -> new State());
        boolean follows = coalesced ? row.count > state.count : row.count == state.count + 1;
        if (!follows) {
            problem(Values.text(value) + " follows n = " + state.count + " of the same group");
        }
        Double total = row.total;
        if (total == null && state.hasTotal) {
            problem(Values.text(value) + " follows the total " + state.total + " of the same group");
        }
        double now = total == null ? 0 : total;
        step(now - state.total);
        state.count = row.count;
        state.total = now;
        state.hasTotal = total != null;
    }

    private void step(double amount) {
        stepHasher.begin();
        stepHasher.textOrNothing(row.group);
        stepHasher.integer(1);
        stepHasher.number(amount);
        stepHasher.end();
    }

    private void problem(String text) {
        problemCount++;
        if (problems.size() < EXAMPLES) {
            problems.add(text);
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
        boolean right = problemCount == 0 && (coalesced ? finals() : steps).matches(expected);
        StringBuilder text = new StringBuilder();
        if (right) {
            text.append(values).append(coalesced ? " rows end in the oracle's" : " steps equal the oracle's");
        } else {
            text.append(values)
                    .append(" rows, at least ")
                    .append(expected.rows())
                    .append(" expected; ");
            text.append(problemCount).append(" rows contradict an earlier one");
            text.append(problemCount == 0 ? ", but the " + query.id() + " totals differ from the oracle's" : "");
            problems.forEach(p -> text.append("\n    ").append(p));
        }
        return new Verdict(right, values, expected.rows(), text.toString());
    }

    private Digest finals() {
        Digest digest = new Digest();
        RowHasher hasher = new RowHasher(digest);
        groups.forEach((group, state) -> last(group, state, hasher));
        if (nullGroup.count > 0) {
            last(null, nullGroup, hasher);
        }
        return digest;
    }

    private static void last(@Nullable String group, State state, RowHasher hasher) {
        hasher.begin();
        hasher.textOrNothing(group);
        hasher.integer(state.count);
        if (state.hasTotal) {
            hasher.number(state.total);
        } else {
            hasher.nothing();
        }
        hasher.end();
    }
}
