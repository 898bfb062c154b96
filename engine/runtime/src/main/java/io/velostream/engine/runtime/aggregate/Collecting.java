package io.velostream.engine.runtime.aggregate;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.physical.StageOperator.AggregateCall;
import io.velostream.engine.runtime.aggregate.CollectedValues.Rule;
import io.velostream.engine.runtime.expression.DoubleEvaluator;
import io.velostream.engine.runtime.expression.Evaluator;
import io.velostream.engine.runtime.expression.ExpressionCompiler;
import io.velostream.engine.sql.type.SqlType.Simple;

/** Makes the accumulators that keep many values of the group, or a sketch of them. */
final class Collecting {

    private Collecting() {}

    /**
     * The accumulator of one call.
     *
     * @param first what it is computed over, instead of the call's first argument
     */
    static Accumulator of(AggregateCall call, Expression first) {
        Evaluator argument = ExpressionCompiler.compile(first);
        return switch (call.function()) {
            case "COLLECT_LIST" -> new CollectedValues(argument, Rule.ALL, Integer.MAX_VALUE);
            case "COLLECT_SET" -> new CollectedValues(argument, Rule.DIFFERENT, Integer.MAX_VALUE);
            case "TOPK" -> new CollectedValues(argument, Rule.LARGEST, count(call));
            case "TOPKDISTINCT" -> new CollectedValues(argument, Rule.LARGEST_DIFFERENT, count(call));
            case "FIRST_N" -> new CollectedValues(argument, Rule.FIRST, count(call));
            case "LAST_N" -> new CollectedValues(argument, Rule.LAST, count(call));
            case "PERCENTILE_DISC" -> new DiscretePercentile(argument, fraction(call), isDescending(call));
            case "PERCENTILE_CONT" -> new ContinuousPercentile(number(first), ascendingFraction(call));
            case "APPROX_PERCENTILE" -> new QuantileSketch(number(first), ascendingFraction(call));
            case "APPROX_COUNT_DISTINCT" -> new DistinctSketch(argument);
            default -> throw new IllegalArgumentException("The aggregate " + call.function() + " is not known.");
        };
    }

    private static DoubleEvaluator number(Expression argument) {
        return (DoubleEvaluator) ExpressionCompiler.compile(argument, Simple.DOUBLE);
    }

    private static int count(AggregateCall call) {
        return Math.toIntExact((Long) constant(call, 1));
    }

    private static double fraction(AggregateCall call) {
        return (Double) constant(call, 1);
    }

    private static boolean isDescending(AggregateCall call) {
        return (Boolean) constant(call, 2);
    }

    private static double ascendingFraction(AggregateCall call) {
        return isDescending(call) ? 1 - fraction(call) : fraction(call);
    }

    private static Object constant(AggregateCall call, int argument) {
        Object value = call.arguments().get(argument) instanceof Expression.Literal literal ? literal.value() : null;
        if (value == null) {
            throw new IllegalArgumentException(call.function() + " has no constant as its argument " + argument + ".");
        }
        return value;
    }
}
