package io.velostream.engine.runtime.aggregate;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.physical.StageOperator.AggregateCall;
import io.velostream.engine.runtime.aggregate.KeptValues.Rule;
import io.velostream.engine.runtime.expression.AnyEvaluator;
import io.velostream.engine.runtime.expression.DecimalEvaluator;
import io.velostream.engine.runtime.expression.DoubleEvaluator;
import io.velostream.engine.runtime.expression.Evaluator;
import io.velostream.engine.runtime.expression.ExpressionCompiler;
import io.velostream.engine.runtime.expression.LongEvaluator;
import io.velostream.engine.runtime.expression.ShortDecimalEvaluator;
import io.velostream.engine.runtime.expression.TextEvaluator;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.util.List;

/** Makes the accumulators of aggregate calls: one class a function and kind of argument. */
public final class Accumulators {

    private Accumulators() {}

    /**
     * The accumulator of one call; the caller places it.
     *
     * @throws IllegalArgumentException when the function is not known or does not go with its argument
     */
    public static Accumulator of(AggregateCall call) {
        List<Expression> arguments = call.arguments();
        if (arguments.isEmpty()) {
            return new Counts(null);
        }
        Expression first = arguments.getFirst();
        return call.distinct()
                ? new Distinct(
                        ExpressionCompiler.compile(first),
                        plain(call, first),
                        plain(call, new Expression.Slot(0, "value", first.type())))
                : plain(call, first);
    }

    private static Accumulator plain(AggregateCall call, Expression first) {
        return switch (call.function()) {
            case "COUNT" -> new Counts(ExpressionCompiler.predicate(new Expression.IsNull(first)));
            case "SUM" -> sum(ExpressionCompiler.compile(first), call.type());
            case "AVG" -> mean(ExpressionCompiler.compile(first), call.type());
            case "MIN" -> extreme(ExpressionCompiler.compile(first), false);
            case "MAX" -> extreme(ExpressionCompiler.compile(first), true);
            case "FIRST" -> new KeptValues(ExpressionCompiler.compile(first), Rule.FIRST);
            case "ATTR" -> new SameValue(ExpressionCompiler.compile(first));
            case "LAST" -> new KeptValues(ExpressionCompiler.compile(first), Rule.LAST);
            case "STDDEV" -> new Moments(number(first), false, true);
            case "STDDEV_POP" -> new Moments(number(first), true, true);
            case "VARIANCE" -> new Moments(number(first), false, false);
            case "VAR_POP" -> new Moments(number(first), true, false);
            case "DELTA" -> new Range(first, call.type());
            case "MEDIAN" -> new Median(number(first));
            case "STRING_AGG" -> new JoinedText(first, call.arguments().get(1));
            case "HISTOGRAM" -> new Histogram(text(first));
            case "CORR", "COVAR_POP", "COVAR_SAMP", "REGR_SLOPE", "REGR_INTERCEPT", "REGR_R2", "REGR_COUNT" ->
                new Regression(
                        number(first), number(call.arguments().get(1)), Regression.Statistic.valueOf(call.function()));
            default -> Collecting.of(call, first);
        };
    }

    private static DoubleEvaluator number(Expression argument) {
        return (DoubleEvaluator) ExpressionCompiler.compile(argument, Simple.DOUBLE);
    }

    private static TextEvaluator text(Expression argument) {
        return (TextEvaluator) ExpressionCompiler.compile(new Expression.Cast(argument, Simple.STRING), Simple.STRING);
    }

    private static Accumulator sum(Evaluator argument, SqlType type) {
        return switch (argument) {
            case AnyEvaluator any -> new AnySum(any, false);
            case DoubleEvaluator number -> Sums.doubleSum(number);
            case LongEvaluator number -> Sums.exactSum(number);
            case DecimalEvaluator number -> Sums.exactSum(number);
            default ->
                throw new IllegalArgumentException("There is no SUM of " + argument.type() + " as " + type + ".");
        };
    }

    private static Accumulator mean(Evaluator argument, SqlType type) {
        return switch (argument) {
            case AnyEvaluator any -> new AnySum(any, true);
            case DoubleEvaluator number -> Sums.doubleMean(number);
            case LongEvaluator number -> Sums.integerMean(number);
            case DecimalEvaluator number
            when type instanceof SqlType.Decimal result ->
                Sums.decimalMean(number, number.decimal().scale(), result);
            default ->
                throw new IllegalArgumentException("There is no AVG of " + argument.type() + " as " + type + ".");
        };
    }

    static Accumulator extreme(Evaluator argument, boolean max) {
        return switch (argument) {
            case LongEvaluator number -> new LongExtremes(number, max);
            case ShortDecimalEvaluator number -> new LongExtremes(number, max);
            case DoubleEvaluator number -> new DoubleExtremes(number, max);
            default -> new KeptValues(argument, max ? Rule.MAX : Rule.MIN);
        };
    }
}
