package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.logical.SourceDefinition;
import io.velostream.engine.plan.physical.InsertPlan;
import io.velostream.engine.plan.physical.SourceSpec.Format;
import io.velostream.engine.plan.physical.StageOutput;
import io.velostream.engine.plan.physical.StageOutput.KeyEncoding;
import io.velostream.engine.plan.physical.StageOutput.KeySpec;
import io.velostream.engine.plan.physical.StageOutput.SinkColumn;
import io.velostream.engine.sql.function.FunctionCatalogue;
import io.velostream.engine.sql.tree.Expr;
import io.velostream.engine.sql.tree.Identifier;
import io.velostream.engine.sql.tree.Location;
import io.velostream.engine.sql.tree.Statement;
import io.velostream.engine.sql.tree.Statement.ObjectKind;
import io.velostream.engine.sql.type.Coercions;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import io.velostream.engine.sql.type.TemporalText;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code INSERT INTO … VALUES}: each row as the columns of its stream or table, made of constants. */
final class InsertAnalyser {

    private final Problems problems;
    private final FunctionCatalogue functions;
    private final Variables variables;

    InsertAnalyser(Problems problems, FunctionCatalogue functions, Variables variables) {
        this.problems = problems;
        this.functions = functions;
        this.variables = variables;
    }

    /** A column that is written; none for the record's timestamp. */
    private record Target(Identifier written, Optional<RelationSchema.Column> column) {
        SqlType type() {
            return column.map(RelationSchema.Column::type).orElse(Simple.TIMESTAMP);
        }
    }

    /**
     * Empty when something is wrong.
     *
     * @param name of the statement, unique in the job
     * @param schema what it writes to
     */
    Optional<InsertPlan> analyse(String name, Statement.InsertValues insert, RelationSchema schema) {
        int before = problems.size();
        List<Target> targets = targets(insert, schema);
        if (problems.size() > before) {
            return Optional.empty();
        }
        List<StageOutput.Sink> rows = new ArrayList<>();
        for (List<Expr> row : insert.rows()) {
            if (row.size() != targets.size()) {
                problems.add(
                        ProblemCode.COLUMN_COUNT,
                        row.getFirst().location(),
                        "the row has " + row.size() + " value" + (row.size() == 1 ? "" : "s") + ", but "
                                + targets.size() + " are wanted: "
                                + targets.stream()
                                        .map(target -> target.written().name())
                                        .collect(Collectors.joining(", ")),
                        "give one value for each column; NULL where it has none");
                continue;
            }
            rows.add(sink(insert, schema, targets, row));
        }
        return problems.size() > before ? Optional.empty() : Optional.of(new InsertPlan(name, rows));
    }

    private List<Target> targets(Statement.InsertValues insert, RelationSchema schema) {
        if (insert.columns().isEmpty()) {
            if (schema.open()) {
                problems.add(
                        ProblemCode.COLUMN_COUNT,
                        insert.name().location(),
                        "`" + schema.name() + "` has no declared columns, so the values have no names",
                        "name them: INSERT INTO " + schema.name() + " (a, b) VALUES (…)");
            }
            return schema.columns().stream()
                    .map(column ->
                            new Target(new Identifier(insert.location(), column.name(), true), Optional.of(column)))
                    .toList();
        }
        List<Target> targets = new ArrayList<>();
        for (Identifier name : insert.columns()) {
            if (targets.stream().anyMatch(known -> name.matches(known.written().name()))) {
                problems.add(
                        ProblemCode.DUPLICATE_NAME,
                        name.location(),
                        "the column `" + name.name() + "` is given twice",
                        "give it once");
            }
            targets.add(target(name, schema));
        }
        return targets;
    }

    private Target target(Identifier name, RelationSchema schema) {
        Optional<RelationSchema.Column> column = schema.columns().stream()
                .filter(each -> name.matches(each.name()))
                .findFirst();
        if (column.isPresent()) {
            return new Target(name, column);
        }
        boolean time = !name.quoted()
                && (name.matches("_event_time")
                        || name.matches("_timestamp")
                        || variables.isKsqlDb() && name.matches("rowtime"));
        if (time) {
            return new Target(name, Optional.empty());
        }
        if (!schema.open()) {
            problems.add(
                    ProblemCode.UNKNOWN_COLUMN,
                    name.location(),
                    "column `" + name.name() + "` does not exist in `" + schema.name() + "`"
                            + NearestName.suggestion(name.name(), schema.columnNames()),
                    "its columns are " + String.join(", ", schema.columnNames())
                            + "; _event_time is the record's time");
        }
        return new Target(name, Optional.of(new RelationSchema.Column(name.name(), Simple.ANY, false)));
    }

    private StageOutput.Sink sink(
            Statement.InsertValues insert, RelationSchema schema, List<Target> targets, List<Expr> row) {
        Map<String, Expression> values = new LinkedHashMap<>();
        schema.columns().forEach(column -> values.put(column.name(), new Expression.Literal(null, column.type())));
        Optional<Expression> timestamp = Optional.empty();
        for (int i = 0; i < row.size(); i++) {
            Target target = targets.get(i);
            Expression value = value(row.get(i), target);
            if (target.column().isEmpty()) {
                timestamp = Optional.of(value);
            } else {
                values.put(target.column().get().name(), value);
            }
        }
        checkKey(insert, schema, values, row);
        SourceDefinition source = schema.source();
        Set<String> inKeyOnly = schema.columns().stream()
                .filter(RelationSchema.Column::fromKey)
                .map(RelationSchema.Column::name)
                .collect(Collectors.toSet());
        List<SinkColumn> columns = values.entrySet().stream()
                .filter(entry -> !inKeyOnly.contains(entry.getKey()))
                .<SinkColumn>map(entry -> new SinkColumn.Named(entry.getKey(), inValue(entry.getValue())))
                .toList();
        return new StageOutput.Sink(
                schema.name(),
                source.topic(),
                source.format(),
                columns,
                key(schema, values),
                timestamp,
                Map.of(),
                List.of(),
                source.options());
    }

    private Expression inValue(Expression value) {
        return variables.isKsqlDb() ? KsqlDbLayout.inValue(value) : value;
    }

    private Expression value(Expr node, Target target) {
        Optional<Expr.Name> column = columnIn(node);
        if (column.isPresent()) {
            Identifier name = column.get().identifier();
            problems.add(
                    ProblemCode.UNKNOWN_COLUMN,
                    name.location(),
                    "the column `" + name.name() + "` cannot stand in VALUES: a row to insert is made of constants",
                    name.quoted() ? "text stands in single quotes: '" + name.name() + "'" : "write a value");
            return new Expression.Literal(null, target.type());
        }
        Expression value = analyser().analyse(node);
        if (value == Poison.EXPRESSION) {
            return new Expression.Literal(null, target.type());
        }
        return assigned(node.location(), value, target);
    }

    /** No relation, so that every name is unknown, and no aggregate. */
    private ExpressionAnalyser analyser() {
        Scope nothing = new Scope(
                new RelationSchema(
                        "VALUES", ObjectKind.STREAM, List.of(), false, Optional.empty(), SourceDefinition.NONE),
                Optional.empty());
        GroupContext group = new GroupContext(false);
        NameResolver names =
                new NameResolver(problems, FromClause.of(nothing), group, new SelectAliases(), variables.dialect());
        ExpressionAnalyser analyser =
                new ExpressionAnalyser(problems, names, group, new OverContext(), functions, variables);
        analyser.allowAggregates(AggregateUse.notIn("VALUES"));
        return analyser;
    }

    private static Optional<Expr.Name> columnIn(Expr node) {
        Deque<Expr> open = new ArrayDeque<>(List.of(node));
        while (!open.isEmpty()) {
            Expr next = open.pop();
            if (next instanceof Expr.Name name && !ExpressionAnalyser.isClock(name.identifier())) {
                return Optional.of(name);
            }
            if (!(next instanceof Expr.Lambda)) {
                open.addAll(ExprNames.children(next));
            }
        }
        return Optional.empty();
    }

    /** Assignment converts further than an expression does: text into a moment, a fraction into a whole number's column. */
    private Expression assigned(Location location, Expression value, Target target) {
        SqlType type = target.type();
        boolean converts = Coercions.implicit(value.type(), type)
                || Coercions.castable(value.type(), type)
                        && (value.type() == Simple.STRING || value.type().isNumeric() && type.isNumeric())
                        && type != Simple.BOOLEAN;
        if (!converts) {
            problems.add(
                    ProblemCode.TYPE_MISMATCH,
                    location,
                    "column `" + target.written().name() + "` is a " + type + ", but the value is a " + value.type(),
                    "convert it with CAST(… AS " + type + ")");
            return new Expression.Literal(null, type);
        }
        if (value instanceof Expression.Literal literal
                && literal.value() instanceof String text
                && !isReadable(text, type)) {
            problems.add(
                    ProblemCode.BAD_LITERAL,
                    location,
                    "'" + text + "' is not a " + type + ", which the column `"
                            + target.written().name() + "` holds",
                    "correct the value");
            return new Expression.Literal(null, type);
        }
        return Operators.convert(value, type);
    }

    private static boolean isReadable(String text, SqlType type) {
        if (Coercions.isTemporal(type)) {
            return TemporalText.parse(text, type).isPresent();
        }
        if (!type.isNumeric()) {
            return true;
        }
        try {
            return new BigDecimal(text.strip()).precision() > 0;
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }

    /** A row of a table is found by its key. */
    private void checkKey(
            Statement.InsertValues insert, RelationSchema schema, Map<String, Expression> values, List<Expr> row) {
        if (schema.kind() != ObjectKind.TABLE) {
            return;
        }
        for (String key : schema.source().keyColumns()) {
            if (values.get(key) instanceof Expression.Literal literal && literal.value() == null) {
                problems.add(
                        ProblemCode.BAD_KEY,
                        row.getFirst().location(),
                        "the row has no value for `" + key + "`, the key of the table `"
                                + insert.name().name() + "`",
                        "give the key a value");
            }
        }
    }

    private KeySpec key(RelationSchema schema, Map<String, Expression> values) {
        List<String> names = schema.source().keyColumns().stream()
                .filter(values::containsKey)
                .toList();
        if (names.isEmpty()) {
            return new KeySpec.None();
        }
        List<Expression> key = new ArrayList<>();
        names.forEach(name -> key.add(inValue(values.getOrDefault(name, new Expression.Literal(null, Simple.ANY)))));
        Format format = schema.source().keyFormat();
        if (format == Format.TEXT) {
            return new KeySpec.Columns(key, schema.kind() == ObjectKind.TABLE);
        }
        boolean narrow = schema.source().narrowColumns().containsAll(names);
        return new KeySpec.Columns(
                key, false, Optional.of(new KeyEncoding(format, variables.isKsqlDb() ? names : List.of(), 0, narrow)));
    }
}
