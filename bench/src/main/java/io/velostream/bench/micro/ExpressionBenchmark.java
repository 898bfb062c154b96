package io.velostream.bench.micro;

import io.velostream.engine.plan.expression.ArithmeticOperator;
import io.velostream.engine.plan.expression.ComparisonOperator;
import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.runtime.expression.BooleanEvaluator;
import io.velostream.engine.runtime.expression.Evaluator;
import io.velostream.engine.runtime.expression.ExpressionCompiler;
import io.velostream.engine.runtime.row.Origin;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Compiled expressions over a row of an amount, a quantity and a score. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ExpressionBenchmark {
    private static final Expression AMOUNT = new Expression.Slot(0, "amount", Simple.DOUBLE);
    private static final Expression QUANTITY = new Expression.Slot(1, "quantity", Simple.BIGINT);
    private static final Expression SCORE = new Expression.Slot(2, "score", Simple.BIGINT);

    private final BooleanEvaluator comparison = ExpressionCompiler.predicate(atLeast(SCORE, 50));
    private final BooleanEvaluator conjunction = ExpressionCompiler.predicate(
            new Expression.And(List.of(atLeast(SCORE, 10), atLeast(QUANTITY, 2), atLeast(SCORE, 5))));
    private final Evaluator product = ExpressionCompiler.compile(new Expression.Arithmetic(
            ArithmeticOperator.MULTIPLY, AMOUNT, new Expression.Cast(QUANTITY, Simple.DOUBLE), Simple.DOUBLE));
    private final Row row = new Row(3, new Origin());
    private final Row target = new Row(1, new Origin());
    private long next;

    private static Expression atLeast(Expression left, long right) {
        return new Expression.Comparison(
                ComparisonOperator.GREATER_OR_EQUAL, left, new Expression.Literal(right, Simple.BIGINT));
    }

    /** {@code score >= 50}. */
    @Benchmark
    public int comparison() {
        fill();
        return comparison.eval(row);
    }

    /** {@code score >= 10 AND quantity >= 2 AND score >= 5}. */
    @Benchmark
    public int conjunction() {
        fill();
        return conjunction.eval(row);
    }

    /** {@code amount * quantity}, stored. */
    @Benchmark
    public long product() {
        fill();
        product.store(row, target, 0);
        return target.longs[0];
    }

    private void fill() {
        long i = next++;
        row.setDouble(0, i * 0.25);
        row.setLong(1, i & 7);
        row.setLong(2, i % 100);
    }
}
