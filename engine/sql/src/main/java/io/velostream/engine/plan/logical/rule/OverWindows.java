package io.velostream.engine.plan.logical.rule;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.physical.OverCall;
import io.velostream.engine.plan.physical.OverWindow;
import io.velostream.engine.plan.physical.OverWindow.SortKey;
import io.velostream.engine.plan.physical.StageOperator.AggregateCall;
import java.util.List;
import java.util.function.UnaryOperator;

/** Rebuilding the windows of OVER. */
public final class OverWindows {

    private OverWindows() {}

    /** The same windows with their expressions changed. */
    public static List<OverWindow> map(List<OverWindow> windows, UnaryOperator<Expression> change) {
        return windows.stream().map(window -> map(window, change)).toList();
    }

    private static OverWindow map(OverWindow window, UnaryOperator<Expression> change) {
        return new OverWindow(
                mapKeys(window.orderBy(), change),
                window.bufferRows(),
                window.expireAfter(),
                window.whenFull(),
                window.byTime(),
                window.first(),
                window.calls().stream().map(call -> map(call, change)).toList());
    }

    /** The same order with its expressions changed. */
    public static List<SortKey> mapKeys(List<SortKey> keys, UnaryOperator<Expression> change) {
        return keys.stream()
                .map(key -> new SortKey(change.apply(key.expression()), key.descending(), key.nullsFirst()))
                .toList();
    }

    /** The same call with its expressions changed. */
    public static OverCall map(OverCall call, UnaryOperator<Expression> change) {
        return switch (call) {
            case OverCall.Ranking ranking -> ranking;
            case OverCall.Offset offset ->
                new OverCall.Offset(
                        change.apply(offset.value()),
                        offset.rows(),
                        offset.otherwise().map(change),
                        offset.type());
            case OverCall.Nth nth -> new OverCall.Nth(change.apply(nth.value()), nth.place(), nth.frame());
            case OverCall.Aggregated aggregated -> {
                AggregateCall inner = aggregated.call();
                yield new OverCall.Aggregated(
                        new AggregateCall(
                                inner.function(),
                                inner.distinct(),
                                inner.arguments().stream().map(change).toList(),
                                inner.type()),
                        aggregated.frame());
            }
        };
    }
}
