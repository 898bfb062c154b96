package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.expression.Expressions;
import io.velostream.engine.plan.logical.SourceDefinition;
import io.velostream.engine.plan.physical.MetricSpec;
import io.velostream.engine.sql.function.FunctionCatalogue;
import io.velostream.engine.sql.parser.SqlParser;
import io.velostream.engine.sql.tree.Expr;
import io.velostream.engine.sql.tree.Identifier;
import io.velostream.engine.sql.tree.Location;
import io.velostream.engine.sql.tree.Select;
import io.velostream.engine.sql.tree.Statement.ObjectKind;
import io.velostream.engine.sql.type.Coercions;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Holds the metrics of a statement against one SELECT. What a metric names is a column of the result, else, where every
 * row of the source gives a row of the result, a column of the source. What is wrong costs the metric, never the query:
 * it is a warning at the annotation.
 */
final class MetricAnalyser {

    private static final String HIDDEN = "@";

    private final Problems problems;
    private final FunctionCatalogue functions;
    private final Variables variables;
    private final List<Parsed> metrics = new ArrayList<>();

    /** The expressions of one metric. */
    private record Parsed(
            MetricDeclaration declaration, List<Expr> labels, Optional<Expr> value, Optional<Expr> condition) {

        List<Expr> all() {
            List<Expr> all = new ArrayList<>(labels);
            value.ifPresent(all::add);
            condition.ifPresent(all::add);
            return all;
        }
    }

    /** A SELECT without the columns that only its metrics want, and the metrics over its plan's row. */
    record Metered(AnalysedSelect select, List<MetricSpec> metrics) {}

    MetricAnalyser(
            Problems problems, FunctionCatalogue functions, Variables variables, List<MetricDeclaration> declarations) {
        this.problems = problems;
        this.functions = functions;
        this.variables = variables;
        declarations.forEach(declaration -> parse(declaration).ifPresent(metrics::add));
    }

    private Optional<Parsed> parse(MetricDeclaration declaration) {
        List<Expr> labels = new ArrayList<>();
        for (MetricDeclaration.Reference label : declaration.labels()) {
            Optional<Expr> value = parse(label.field(), label.source());
            if (value.isEmpty()) {
                return Optional.empty();
            }
            labels.add(value.get());
        }
        Optional<Expr> value = declaration.field().flatMap(field -> parse(field.field(), field.source()));
        Optional<Expr> condition = declaration.condition().flatMap(source -> parse(source.value(), source));
        boolean whole = value.isPresent() == declaration.field().isPresent()
                && condition.isPresent() == declaration.condition().isPresent();
        return whole ? Optional.of(new Parsed(declaration, labels, value, condition)) : Optional.empty();
    }

    private Optional<Expr> parse(String text, Annotation source) {
        Problems own = new Problems();
        Optional<Expr> node = new SqlParser(own).parseExpression(text);
        if (own.hasErrors()) {
            warnAll(own, source);
            return Optional.empty();
        }
        if (node.filter(ExprNames::hasAggregate).isPresent()) {
            warn(source, "an aggregate cannot stand here; name the column of the result instead");
            return Optional.empty();
        }
        return node;
    }

    /**
     * The SELECT with further columns for what the metrics want of the source.
     *
     * @param isColumn whether the source has a column
     */
    Select withHiddenColumns(Select select, Predicate<Identifier> isColumn) {
        if (metrics.isEmpty() || !givesRowForRow(select)) {
            return select;
        }
        Map<String, Select.Item> hidden = new LinkedHashMap<>();
        for (Parsed metric : metrics) {
            for (Identifier name : names(metric)) {
                if (!isResult(select, name) && isColumn.test(name)) {
                    Location place = metric.declaration().name().location();
                    hidden.putIfAbsent(
                            RelationCatalogue.key(name.name()),
                            new Select.Item.Expression(
                                    place,
                                    new Expr.Name(name),
                                    Optional.of(new Identifier(place, HIDDEN + name.name(), true)),
                                    false));
                }
            }
        }
        if (hidden.isEmpty()) {
            return select;
        }
        List<Select.Item> items = new ArrayList<>(select.items());
        items.addAll(hidden.values());
        return select.withItems(items);
    }

    private static boolean givesRowForRow(Select select) {
        return select.groupBy().isEmpty()
                && select.distinct().isEmpty()
                && select.having().isEmpty()
                && select.window().isEmpty()
                && select.items().stream()
                        .noneMatch(item -> item instanceof Select.Item.Expression expression
                                && ExprNames.hasAggregate(expression.expression()));
    }

    private static boolean isResult(Select select, Identifier name) {
        for (Select.Item item : select.items()) {
            if (item instanceof Select.Item.Expression expression) {
                Optional<Identifier> own = expression.alias();
                if (own.isEmpty() && expression.expression() instanceof Expr.Name column) {
                    own = Optional.of(column.identifier());
                } else if (own.isEmpty() && expression.expression() instanceof Expr.Dereference field) {
                    own = Optional.of(field.field());
                }
                if (own.filter(each -> each.name().equalsIgnoreCase(name.name()))
                        .isPresent()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static List<Identifier> names(Parsed metric) {
        List<Identifier> names = new ArrayList<>();
        Deque<Expr> open = new ArrayDeque<>(metric.all());
        while (!open.isEmpty()) {
            Expr next = open.pop();
            if (next instanceof Expr.Name name) {
                names.add(name.identifier());
            }
            open.addAll(ExprNames.children(next));
        }
        return names;
    }

    /** Takes the hidden columns out again and makes the metrics. */
    Metered analyse(AnalysedSelect select) {
        List<OutputColumn> named = select.columns().stream()
                .filter(column -> column.expression().isPresent())
                .toList();
        List<OutputColumn> visible = select.columns().stream()
                .filter(column -> !column.name().startsWith(HIDDEN))
                .toList();
        List<MetricSpec> specs = new ArrayList<>();
        for (Parsed metric : metrics) {
            spec(metric, named).ifPresent(specs::add);
        }
        return new Metered(select.withColumns(visible), specs);
    }

    private Optional<MetricSpec> spec(Parsed metric, List<OutputColumn> columns) {
        MetricDeclaration declaration = metric.declaration();
        List<MetricSpec.Label> labels = new ArrayList<>();
        for (int i = 0; i < metric.labels().size(); i++) {
            MetricDeclaration.Reference label = declaration.labels().get(i);
            Optional<Expression> value = value(metric.labels().get(i), label.source(), columns, false);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            labels.add(new MetricSpec.Label(label.field().replace('.', '_'), value.get()));
        }
        Optional<Expression> value = Optional.empty();
        if (metric.value().isPresent()) {
            MetricDeclaration.Reference field = declaration.field().orElseThrow();
            value = value(metric.value().get(), field.source(), columns, false).flatMap(found -> number(found, field));
            if (value.isEmpty()) {
                return Optional.empty();
            }
        }
        Optional<Expression> condition = Optional.empty();
        if (metric.condition().isPresent()) {
            condition = value(metric.condition().get(), declaration.condition().orElseThrow(), columns, true);
            if (condition.isEmpty()) {
                return Optional.empty();
            }
        }
        return Optional.of(new MetricSpec(
                declaration.name().value(),
                declaration.kind(),
                declaration.help(),
                labels,
                value,
                condition,
                declaration.buckets(),
                declaration.sampleRate()));
    }

    private Optional<Expression> number(Expression value, MetricDeclaration.Reference field) {
        if (!Coercions.castable(value.type(), Simple.DOUBLE)) {
            warn(field.source(), "the field `" + field.field() + "` is a " + value.type() + ", not a number");
            return Optional.empty();
        }
        return Optional.of(Operators.convert(value, Simple.DOUBLE));
    }

    /** An expression over the result, put in terms of the row that the result is computed from. */
    private Optional<Expression> value(Expr node, Annotation source, List<OutputColumn> columns, boolean condition) {
        Problems own = new Problems();
        Scope scope = new Scope(resultOf(columns), Optional.empty());
        GroupContext group = new GroupContext(false);
        ExpressionAnalyser analyser = new ExpressionAnalyser(
                own,
                new NameResolver(own, FromClause.of(scope), group, new SelectAliases(), variables.dialect()),
                group,
                new OverContext(),
                functions,
                variables);
        analyser.allowAggregates(AggregateUse.notIn("a metric"));
        Expression value = condition ? analyser.condition("@metric_condition", node) : analyser.analyse(node);
        if (own.hasErrors()) {
            warnAll(own, source);
            return Optional.empty();
        }
        return Optional.of(Expressions.rewrite(
                value,
                each -> each instanceof Expression.Slot slot
                        ? columns.get(slot.index()).expression().orElseThrow()
                        : each));
    }

    private static RelationSchema resultOf(List<OutputColumn> columns) {
        List<RelationSchema.Column> schema = new ArrayList<>();
        for (OutputColumn column : columns) {
            String name = column.name().startsWith(HIDDEN) ? column.name().substring(HIDDEN.length()) : column.name();
            SqlType type = column.expression().orElseThrow().type();
            schema.add(new RelationSchema.Column(name, type, false));
        }
        return new RelationSchema(
                "the result", ObjectKind.STREAM, schema, false, Optional.empty(), SourceDefinition.NONE);
    }

    private void warnAll(Problems own, Annotation source) {
        own.inOrder().forEach(problem -> warn(source, problem.message()));
    }

    private void warn(Annotation source, String message) {
        problems.add(
                ProblemCode.BAD_ANNOTATION,
                source.location(),
                "@" + source.name() + ": " + message,
                "the metric is left out until then");
    }
}
