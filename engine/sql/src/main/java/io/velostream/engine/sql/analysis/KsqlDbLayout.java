package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.logical.LogicalPlan;
import io.velostream.engine.plan.physical.SourceSpec.Format;
import io.velostream.engine.plan.physical.StageInput.FieldRead;
import io.velostream.engine.plan.physical.StageOperator.Window;
import io.velostream.engine.plan.physical.StageOutput.KeyEncoding;
import io.velostream.engine.plan.physical.StageOutput.KeySpec;
import io.velostream.engine.sql.tree.Location;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where ksqlDB puts the columns of a result: those of the key into the record key only, in the key's format, behind them
 * the bounds of the window; the others into the value.
 */
final class KsqlDbLayout {

    private final Problems problems;

    KsqlDbLayout(Problems problems) {
        this.problems = problems;
    }

    /**
     * The result with its key columns marked: those that it names itself, else of a join the column that both sides
     * share, else those of what it reads.
     *
     * @param existing the stream or table that it is written into
     */
    AnalysedSelect withKey(AnalysedSelect select, Optional<RelationSchema> existing) {
        if (existing.isPresent()) {
            List<String> keys = existing.get().source().keyColumns();
            return select.withColumns(select.columns().stream()
                    .map(column -> keys.contains(column.name()) ? column.asKey() : column)
                    .toList());
        }
        boolean named = select.columns().stream().anyMatch(OutputColumn::primaryKey);
        if (named || !select.groupKeys().isEmpty()) {
            return select;
        }
        return select.withColumns(select.columns().stream()
                .map(column -> column.expression()
                                .filter(value -> isKey(value, select.plan()))
                                .isPresent()
                        ? column.asKey()
                        : column)
                .toList());
    }

    private static boolean isKey(Expression value, LogicalPlan plan) {
        if (!(value instanceof Expression.Slot slot)) {
            return false;
        }
        return switch (plan) {
            case LogicalPlan.Join join -> {
                int width = join.left().layout().columns().size();
                yield join.leftKeys().size() == 1
                        && (join.leftKeys().getFirst().equals(value)
                                || join.rightKeys().getFirst() instanceof Expression.Slot right
                                        && right.index() + width == slot.index());
            }
            case LogicalPlan.Scan scan ->
                slot.index() < scan.fields().size()
                        && scan.fields().get(slot.index()).fromKey();
            case LogicalPlan.Changes changes -> isKey(value, changes.input());
            case LogicalPlan.Filter filter -> isKey(value, filter.input());
            case LogicalPlan.Lookup lookup -> isKey(value, lookup.input());
            case LogicalPlan.Limit limit -> isKey(value, limit.input());
            case LogicalPlan.Over over -> isKey(value, over.input());
            case LogicalPlan.Explode explode -> isKey(value, explode.input());
            case LogicalPlan.Sort sort -> isKey(value, sort.input());
            case LogicalPlan.Project _, LogicalPlan.Aggregate _ -> false;
        };
    }

    /** The columns of the value: those that are not in the key. */
    static List<OutputColumn> valueColumns(AnalysedSelect select) {
        List<Optional<Expression>> keys = ResultColumns.keyColumns(select).stream()
                .map(OutputColumn::expression)
                .toList();
        return select.columns().stream()
                .filter(column -> column.expression().isEmpty() || !keys.contains(column.expression()))
                .toList();
    }

    /** A point in time as ksqlDB writes it into a value: a number. */
    static Expression inValue(Expression value) {
        if (value.type() == Simple.DATE) {
            return new Expression.Call("UNIX_DATE", "(DATE)", List.of(value), Simple.BIGINT);
        }
        return value.type() == Simple.TIMESTAMP || value.type() == Simple.TIME
                ? new Expression.Cast(value, Simple.BIGINT)
                : value;
    }

    /** The record key of a result whose key columns are marked. */
    KeySpec key(AnalysedSelect select, Format format, Location place) {
        List<OutputColumn> columns = ResultColumns.keyColumns(select);
        if (columns.isEmpty()) {
            return select.plan().changes() ? new KeySpec.Passthrough() : new KeySpec.None();
        }
        List<Expression> values = new ArrayList<>();
        columns.forEach(column -> values.add(inValue(column.expression().orElseThrow())));
        if (format == Format.KAFKA) {
            checkPrimitive(columns, place);
        }
        boolean narrow = values.size() == 1 && isNarrow(values.getFirst(), select.plan());
        List<Expression> bounds = select.windowed() ? bounds(select) : List.of();
        values.addAll(bounds);
        return new KeySpec.Columns(
                values,
                false,
                Optional.of(new KeyEncoding(
                        format, columns.stream().map(OutputColumn::name).toList(), bounds.size(), narrow)));
    }

    /** That the key is one value of a type that Kafka's own serializers know. */
    void checkPrimitive(List<OutputColumn> columns, Location place) {
        if (columns.size() > 1) {
            problems.add(
                    ProblemCode.BAD_KEY,
                    place,
                    "the key has " + columns.size() + " columns, but the format KAFKA holds one",
                    "add KEY_FORMAT = 'JSON' to WITH");
            return;
        }
        SqlType type = columns.getFirst().expression().orElseThrow().type();
        if (type != Simple.BIGINT && type != Simple.DOUBLE && type != Simple.STRING && type != Simple.ANY) {
            problems.add(
                    ProblemCode.BAD_KEY,
                    place,
                    "the format KAFKA has no key of the type " + type,
                    "add KEY_FORMAT = 'JSON' to WITH, or convert the column");
        }
    }

    /**
     * Of a session its end and then its start, else the start alone: the order of Kafka's windowed serializers. None where the
     * window's own text is wrong, which is reported already.
     */
    private static List<Expression> bounds(AnalysedSelect select) {
        List<Expression> startAndEnd = select.windowBounds();
        return isSession(select.plan()) || startAndEnd.isEmpty() ? startAndEnd.reversed() : startAndEnd.subList(0, 1);
    }

    private static boolean isSession(LogicalPlan plan) {
        return switch (plan) {
            case LogicalPlan.Aggregate aggregate -> aggregate.window().orElse(null) instanceof Window.Session;
            case LogicalPlan.Filter filter -> isSession(filter.input());
            case LogicalPlan.Lookup lookup -> isSession(lookup.input());
            case LogicalPlan.Limit limit -> isSession(limit.input());
            case LogicalPlan.Over over -> isSession(over.input());
            case LogicalPlan.Sort sort -> isSession(sort.input());
            case LogicalPlan.Project project -> isSession(project.input());
            default -> false;
        };
    }

    /** How many bytes of the key say which window it is of. */
    static int windowBytes(AnalysedSelect select) {
        return select.windowed() ? bounds(select).size() * Long.BYTES : 0;
    }

    /** Whether a value is a column that is declared as INT, which has four bytes. */
    static boolean isNarrow(Expression value, LogicalPlan plan) {
        if (!(value instanceof Expression.Slot slot)) {
            return false;
        }
        return switch (plan) {
            case LogicalPlan.Scan scan -> {
                List<FieldRead> fields = scan.fields();
                yield slot.index() < fields.size()
                        && scan.source()
                                .narrowColumns()
                                .contains(fields.get(slot.index()).name());
            }
            case LogicalPlan.Aggregate aggregate ->
                slot.index() < aggregate.keys().size()
                        && isNarrow(aggregate.keys().get(slot.index()), aggregate.input());
            case LogicalPlan.Project project -> isNarrow(project.columns().get(slot.index()), project.input());
            case LogicalPlan.Join join -> {
                int width = join.left().layout().columns().size();
                yield slot.index() < width
                        ? isNarrow(value, join.left())
                        : isNarrow(new Expression.Slot(slot.index() - width, slot.name(), slot.type()), join.right());
            }
            case LogicalPlan.Changes changes -> isNarrow(value, changes.input());
            case LogicalPlan.Filter filter -> isNarrow(value, filter.input());
            case LogicalPlan.Lookup lookup -> isNarrow(value, lookup.input());
            case LogicalPlan.Limit limit -> isNarrow(value, limit.input());
            case LogicalPlan.Over over -> isNarrow(value, over.input());
            case LogicalPlan.Explode explode ->
                slot.index() < explode.input().layout().columns().size() && isNarrow(value, explode.input());
            case LogicalPlan.Sort sort -> isNarrow(value, sort.input());
        };
    }
}
