package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.logical.LogicalQuery.SinkDefinition;
import io.velostream.engine.plan.logical.SourceDefinition;
import io.velostream.engine.sql.analysis.QueryAnalyser.Target;
import io.velostream.engine.sql.tree.Dialect;
import io.velostream.engine.sql.tree.Query;
import io.velostream.engine.sql.tree.Select;
import io.velostream.engine.sql.type.Coercions;
import io.velostream.engine.sql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Names and types of a query's result: what the target wants, and what the branches of a UNION have in common. */
final class ResultColumns {

    private final Problems problems;

    ResultColumns(Problems problems) {
        this.problems = problems;
    }

    List<AnalysedSelect> align(Target target, Query query, List<AnalysedSelect> selects) {
        List<AnalysedSelect> result = new ArrayList<>();
        if (target.columns().isEmpty()) {
            AnalysedSelect first = selects.getFirst();
            if (selects.size() == 1 || first.columns().stream().anyMatch(ResultColumns::isEveryField)) {
                return selects;
            }
            List<RelationSchema.Column> common = common(selects);
            for (int i = 0; i < selects.size(); i++) {
                result.add(fit(query.selects().get(i), selects.get(i), common));
            }
            return result;
        }
        for (int i = 0; i < selects.size(); i++) {
            result.add(fit(query.selects().get(i), selects.get(i), target.columns()));
        }
        return result;
    }

    private static boolean isEveryField(OutputColumn column) {
        return column.expression().isEmpty();
    }

    private List<RelationSchema.Column> common(List<AnalysedSelect> selects) {
        List<RelationSchema.Column> columns = new ArrayList<>();
        List<OutputColumn> first = selects.getFirst().columns();
        for (int i = 0; i < first.size(); i++) {
            SqlType type = type(first.get(i));
            for (int branch = 1; branch < selects.size(); branch++) {
                List<OutputColumn> others = selects.get(branch).columns();
                if (i < others.size()) {
                    OutputColumn other = others.get(i);
                    Optional<SqlType> both = Coercions.common(type, type(other));
                    if (both.isEmpty()) {
                        problems.add(
                                ProblemCode.TYPE_MISMATCH,
                                other.location(),
                                "column " + (i + 1) + " of the UNION is a " + type + " first and a " + type(other)
                                        + " here",
                                "convert one with CAST");
                    }
                    // ANY goes with all branches, so the mismatch is reported only once.
                    type = both.orElse(SqlType.Simple.ANY);
                }
            }
            columns.add(new RelationSchema.Column(first.get(i).name(), type, false));
        }
        return columns;
    }

    private static SqlType type(OutputColumn column) {
        return column.expression().map(Expression::type).orElse(SqlType.Simple.ANY);
    }

    private AnalysedSelect fit(Select select, AnalysedSelect analysed, List<RelationSchema.Column> wanted) {
        List<OutputColumn> columns = analysed.columns();
        if (columns.stream().anyMatch(ResultColumns::isEveryField)) {
            return analysed;
        }
        if (columns.size() != wanted.size()) {
            problems.add(
                    ProblemCode.COLUMN_COUNT,
                    select.items().getFirst().location(),
                    "the query gives " + columns.size() + " columns, but " + wanted.size() + " are wanted: "
                            + String.join(
                                    ", ",
                                    wanted.stream()
                                            .map(RelationSchema.Column::name)
                                            .toList()),
                    "give both the same columns in the same order");
            return analysed;
        }
        List<OutputColumn> fitted = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            OutputColumn column = columns.get(i);
            Expression value = column.expression().orElseThrow();
            SqlType type = wanted.get(i).type();
            if (!Coercions.implicit(value.type(), type)) {
                problems.add(
                        ProblemCode.TYPE_MISMATCH,
                        column.location(),
                        "column `" + wanted.get(i).name() + "` is a " + type + ", but the query gives a "
                                + value.type(),
                        "convert it with CAST(… AS " + type + ")");
                fitted.add(column);
            } else {
                fitted.add(column.with(Operators.convert(value, type))
                        .named(wanted.get(i).name()));
            }
        }
        return analysed.withColumns(fitted);
    }

    /** The columns of the output's key: PRIMARY KEY, else GROUP BY. */
    static List<OutputColumn> keyColumns(AnalysedSelect select) {
        List<OutputColumn> primary =
                select.columns().stream().filter(OutputColumn::primaryKey).toList();
        return primary.isEmpty() ? select.groupKeys() : primary;
    }

    /** What a query sees that reads the result. */
    static RelationSchema schema(Target target, SinkDefinition sink, AnalysedSelect select) {
        boolean ksqlDb = select.source().source().dialect() == Dialect.KSQLDB;
        List<OutputColumn> keyed = ksqlDb ? keyColumns(select) : List.of();
        List<Optional<Expression>> inKey =
                keyed.stream().map(OutputColumn::expression).toList();
        List<RelationSchema.Column> columns = select.columns().stream()
                .filter(column -> !isEveryField(column))
                .map(column ->
                        new RelationSchema.Column(column.name(), type(column), inKey.contains(column.expression())))
                .toList();
        boolean open = select.columns().stream().anyMatch(ResultColumns::isEveryField);
        SourceDefinition source = select.source().source();
        List<String> keys = keyColumns(select).stream().map(OutputColumn::name).toList();
        boolean keysWritten =
                columns.stream().map(RelationSchema.Column::name).toList().containsAll(keys);
        return new RelationSchema(
                sink.name(),
                target.kind(),
                columns,
                open,
                Optional.empty(),
                new SourceDefinition(
                        sink.name(),
                        sink.topic(),
                        sink.format(),
                        sink.keyFormat(),
                        !open,
                        keysWritten ? keys : List.of(),
                        Optional.empty(),
                        source.watermark(),
                        source.lateData(),
                        Map.of("auto.offset.reset", "earliest"),
                        sink.options()
                                .withColumns(columns.stream()
                                        .filter(column -> !column.fromKey())
                                        .map(RelationSchema.Column::name)
                                        .toList())
                                .withWindowBytes(ksqlDb ? KsqlDbLayout.windowBytes(select) : 0),
                        source.dialect(),
                        keyed.stream()
                                .filter(column -> KsqlDbLayout.isNarrow(
                                        column.expression().orElseThrow(), select.plan()))
                                .map(OutputColumn::name)
                                .collect(Collectors.toSet())));
    }
}
