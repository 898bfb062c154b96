package io.velostream.engine.runtime.operator;

import static io.velostream.engine.runtime.operator.Plans.arithmetic;
import static io.velostream.engine.runtime.operator.Plans.call;
import static io.velostream.engine.runtime.operator.Plans.compare;
import static io.velostream.engine.runtime.operator.Plans.literal;
import static io.velostream.engine.runtime.operator.Plans.slot;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.velostream.engine.plan.expression.ArithmeticOperator;
import io.velostream.engine.plan.expression.ComparisonOperator;
import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.physical.StageOperator.Emit;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hot path makes no garbage: after warm-up a stage allocates nothing for a record, whatever the JIT has done. */
class AllocationTest {

    private static final int RECORDS = 500;
    private static final int WARM_UP_ROUNDS = 3;
    private static final int MEASURED_ROUNDS = 3;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static RecordBatch orders() {
        Records records = new Records();
        for (int i = 0; i < RECORDS; i++) {
            records.json(
                    "k" + i,
                    1_700_000_000_000L + i,
                    "{'id': %d, 'customer': 'c%d', 'note': 'a \\u00e9 b', 'price': %d.%02d, 'qty': %d, 'x': {'y': [1, 2]}}"
                            .formatted(i, i % 50, i % 900, i % 100, i % 9));
        }
        return records.batches(RECORDS).getFirst();
    }

    /** The least of several rounds: what is allocated for the records is so in each, what the JVM needs once is not. */
    private static long allocatedBy(Stage stage, RecordBatch batch) {
        Collected collected = new Collected();
        for (int round = 0; round < WARM_UP_ROUNDS; round++) {
            stage.process(batch, collected);
            collected.output.clear();
        }
        long thread = Thread.currentThread().threadId();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < MEASURED_ROUNDS; round++) {
            stage.state().ifPresent(state -> state.flush((key, value) -> {}));
            collected.output.clear();
            long before = THREADS.getThreadAllocatedBytes(thread);
            stage.process(batch, collected);
            least = Math.min(least, THREADS.getThreadAllocatedBytes(thread) - before);
            assertThat(collected.output.size()).isPositive();
        }
        assertThat(collected.failures).isEmpty();
        return least;
    }

    private static Plans fields(boolean declared) {
        return Plans.stage()
                .field("id", declared ? Simple.BIGINT : Simple.ANY)
                .field("customer", declared ? Simple.STRING : Simple.ANY)
                .field("price", declared ? new SqlType.Decimal(10, 2) : Simple.ANY)
                .field("qty", declared ? Simple.BIGINT : Simple.ANY)
                .field("note", declared ? Simple.STRING : Simple.ANY);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void filterAndProjectionAllocateNothing(boolean declared) {
        Plans plan = fields(declared);
        plan.filter(compare(plan.slot(3), ComparisonOperator.GREATER, literal(2)))
                .key(plan.slot(1))
                .column("id", plan.slot(0))
                .column("note", plan.slot(4))
                .column(
                        "total",
                        declared
                                ? arithmetic(
                                        plan.slot(2), ArithmeticOperator.ADD, plan.slot(2), new SqlType.Decimal(11, 2))
                                : arithmetic(plan.slot(2), ArithmeticOperator.MULTIPLY, plan.slot(3), Simple.ANY));

        assertThat(allocatedBy(plan.compile(), orders())).isLessThan(RECORDS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void continuousAggregationAllocatesNothing(boolean declared) {
        Plans plan = fields(declared);
        SqlType key = declared ? Simple.STRING : Simple.ANY;
        SqlType sum = declared ? new SqlType.Decimal(38, 2) : Simple.ANY;
        SqlType mean = declared ? Simple.DOUBLE : Simple.ANY;
        plan.aggregate(
                        Emit.CHANGES,
                        List.of(plan.slot(1)),
                        call("COUNT", Simple.BIGINT),
                        call("SUM", sum, plan.slot(2)),
                        call("AVG", mean, plan.slot(3)),
                        call("MAX", declared ? Simple.STRING : Simple.ANY, plan.slot(4)))
                .key(slot(0, key))
                .column("customer", slot(0, key))
                .column("n", slot(1, Simple.BIGINT))
                .column("s", slot(2, sum))
                .column("a", slot(3, mean))
                .column("m", slot(4, declared ? Simple.STRING : Simple.ANY));

        assertThat(allocatedBy(plan.compile(), orders())).isLessThan(RECORDS);
    }

    @Test
    void theMeasureSeesAllocations() {
        Plans plan = fields(true);
        plan.column("upper", new Expression.Call("UPPER", "(STRING)", List.of(plan.slot(1)), Simple.STRING));

        assertThat(allocatedBy(plan.compile(), orders())).isGreaterThan(RECORDS * 16L);
    }
}
