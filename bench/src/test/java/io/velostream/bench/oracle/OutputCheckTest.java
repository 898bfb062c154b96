package io.velostream.bench.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.bench.data.DataSpec;
import io.velostream.bench.data.OrderGenerator;
import io.velostream.bench.query.BenchQuery;
import io.velostream.bench.query.Column;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutputCheckTest {
    private final OrderGenerator generator = new OrderGenerator(new DataSpec(5, 3_000, 20, 5, 6, true));
    private final Oracle oracle = new Oracle(generator);

    private OutputCheck exact(BenchQuery query) {
        Digest digest = new Digest();
        oracle.rows(query, new RowHasher(digest));
        return query == BenchQuery.Q3R ? new GroupCheck(query, false, digest) : new ExactCheck(query, oracle, digest);
    }

    private OutputCheck coalesced() {
        Digest digest = new Digest();
        oracle.finalRows(BenchQuery.Q3, new RowHasher(digest));
        return new GroupCheck(BenchQuery.Q3, true, digest);
    }

    private List<String> output(BenchQuery query) {
        List<String> rows = new ArrayList<>();
        oracle.rows(query, new JsonRows(query.columns(), rows));
        return rows;
    }

    private static Verdict feed(OutputCheck check, List<String> rows) {
        rows.forEach(row -> check.accept(row.getBytes(StandardCharsets.UTF_8)));
        return check.verdict();
    }

    @Test
    void acceptsTheRightRowsInAnyOrder() {
        for (BenchQuery query :
                List.of(BenchQuery.Q1, BenchQuery.Q1S, BenchQuery.Q2, BenchQuery.Q3, BenchQuery.Q4, BenchQuery.Q5)) {
            List<String> rows = output(query);
            Collections.shuffle(rows, new Random(1));

            Verdict verdict = feed(exact(query), rows);

            assertThat(verdict.verified())
                    .as("%s: %s", query, verdict.message())
                    .isTrue();
            assertThat(verdict.rows()).isEqualTo(verdict.expected()).isEqualTo(rows.size());
        }
    }

    @Test
    void namesAMissingRow() {
        List<String> rows = output(BenchQuery.Q1);
        rows.remove(17);

        Verdict verdict = feed(exact(BenchQuery.Q1), rows);

        assertThat(verdict.verified()).isFalse();
        assertThat(verdict.message()).contains("missing 1, unexpected 0").contains("missing {id: ");
    }

    @Test
    void findsADoubledRow() {
        List<String> rows = output(BenchQuery.Q2);
        rows.add(rows.get(3));

        OutputCheck check = exact(BenchQuery.Q2);
        Verdict verdict = feed(check, rows);

        assertThat(verdict.verified()).isFalse();
        assertThat(verdict.message()).contains("missing 0, unexpected 1");
        assertThat(check.isUnexpected(rows.get(3).getBytes(StandardCharsets.UTF_8)))
                .isTrue();
        assertThat(check.isUnexpected(rows.get(4).getBytes(StandardCharsets.UTF_8)))
                .isFalse();
    }

    @Test
    void findsAWrongValue() {
        List<String> rows = output(BenchQuery.Q3);
        rows.set(100, rows.get(100).replaceFirst("\"n\":\\d+", "\"n\":777"));

        assertThat(feed(exact(BenchQuery.Q3), rows).message()).contains("missing 1, unexpected 1");
    }

    @Test
    void comparesNumbersByValueAndTextByCharacters() {
        List<String> rows = output(BenchQuery.Q1);
        rows.replaceAll(row -> row.replaceFirst("\"customer\":\"c", "\"customer\":\"\\\\u0063")
                .replaceFirst("\"amount\":(\\d+)\\.5,", "\"amount\":$1.500,"));

        assertThat(feed(exact(BenchQuery.Q1), rows).verified()).isTrue();
    }

    @Test
    void refusesAMissingColumnAnExtraOneAndATombstone() {
        List<String> rows = output(BenchQuery.Q3);
        rows.set(0, rows.get(0).replaceFirst("\"n\":\\d+,", ""));
        rows.set(1, rows.get(1).replaceFirst("\\{", "{\"x\":1,"));
        OutputCheck check = exact(BenchQuery.Q3);
        check.accept(null);

        Verdict verdict = feed(check, rows);

        assertThat(verdict.verified()).isFalse();
        assertThat(verdict.message())
                .contains("malformed 3")
                .contains("no column n")
                .contains("an unexpected column x")
                .contains("tombstone");
    }

    @Test
    void acceptsRunningAggregatesInAnyInterleaving() {
        assertThat(feed(exact(BenchQuery.Q3R), runningByMerchant(new Random(9))).verified())
                .isTrue();
    }

    @Test
    void findsALostUpdateOfAGroup() {
        List<String> rows = runningByMerchant(new Random(9));
        rows.remove(200);

        assertThat(feed(exact(BenchQuery.Q3R), rows).verified()).isFalse();
    }

    @Test
    void findsAnAmountInTheWrongGroup() {
        List<String> rows = runningByMerchant(new Random(9));
        int last = rows.size() - 1;
        rows.set(last, rows.get(last).replaceFirst("\"total\":(\\d+)", "\"total\":1$1"));

        Verdict verdict = feed(exact(BenchQuery.Q3R), rows);

        assertThat(verdict.verified()).isFalse();
        assertThat(verdict.message()).contains("totals differ");
    }

    @Test
    void acceptsCoalescedUpdatesThatEndRight() {
        List<String> rows = output(BenchQuery.Q3);
        List<String> sparse = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            // Every row of the last 500 and a third of the others: each group's last row is among them.
            if (i % 3 == 0 || i > rows.size() - 500) {
                sparse.add(rows.get(i));
            }
        }

        assertThat(feed(coalesced(), sparse).verified()).isTrue();
        sparse.remove(sparse.size() - 1);
        assertThat(feed(coalesced(), sparse).verified()).isFalse();
    }

    /** What a right system writes when it meets the orders in a random sequence. */
    private List<String> runningByMerchant(Random random) {
        List<Long> sequence = new ArrayList<>();
        for (long i = 0; i < generator.spec().records(); i++) {
            sequence.add(i);
        }
        Collections.shuffle(sequence, random);
        long[] count = new long[6];
        double[] total = new double[6];
        boolean[] some = new boolean[6];
        List<String> rows = new ArrayList<>();
        for (long i : sequence) {
            var order = generator.order(i);
            if (order.isTombstone()) {
                continue;
            }
            int group = order.merchant() + 1;
            count[group]++;
            if (order.hasAmount()) {
                total[group] += order.amount();
                some[group] = true;
            }
            String merchant = order.merchantText() == null ? "null" : '"' + order.merchantText() + '"';
            rows.add("{\"merchant\":%s,\"n\":%d,\"total\":%s}"
                    .formatted(merchant, count[group], some[group] ? Double.toString(total[group]) : "null"));
        }
        return rows;
    }

    /** Writes the oracle's rows as a system would. */
    private static final class JsonRows implements RowSink {
        private final List<Column> columns;
        private final List<String> rows;
        private final StringBuilder text = new StringBuilder();
        private int column;

        JsonRows(List<Column> columns, List<String> rows) {
            this.columns = columns;
            this.rows = rows;
        }

        @Override
        public void begin() {
            text.setLength(0);
            column = 0;
        }

        @Override
        public void integer(long value) {
            add(Long.toString(value));
        }

        @Override
        public void number(double value) {
            add(Double.toString(value));
        }

        @Override
        public void text(String value) {
            add('"'
                    + value.replace("\\", "\\\\")
                            .replace("\"", "\\\"")
                            .replace("\n", "\\n")
                            .replace("\t", "\\t")
                    + '"');
        }

        @Override
        public void nothing() {
            add("null");
        }

        @Override
        public void end() {
            rows.add(text.append('}').toString());
        }

        private void add(String value) {
            text.append(column == 0 ? "{" : ",")
                    .append('"')
                    .append(columns.get(column++).name())
                    .append("\":")
                    .append(value);
        }
    }
}
