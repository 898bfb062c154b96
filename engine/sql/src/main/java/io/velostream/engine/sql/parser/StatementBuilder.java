package io.velostream.engine.sql.parser;

import io.velostream.engine.sql.analysis.ProblemCode;
import io.velostream.engine.sql.analysis.Problems;
import io.velostream.engine.sql.parser.generated.VeloSqlParser.*;
import io.velostream.engine.sql.tree.Identifier;
import io.velostream.engine.sql.tree.Location;
import io.velostream.engine.sql.tree.Property;
import io.velostream.engine.sql.tree.Query;
import io.velostream.engine.sql.tree.Statement;
import io.velostream.engine.sql.tree.Statement.ObjectKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/** Parse tree → statements. */
final class StatementBuilder {

    private final Problems problems;
    private final QueryBuilder queries;
    private final CommandBuilder commands;

    StatementBuilder(Problems problems) {
        this.problems = problems;
        this.queries = new QueryBuilder(problems);
        this.commands = new CommandBuilder(problems, this);
    }

    QueryBuilder queries() {
        return queries;
    }

    Optional<Statement> build(StatementContext node) {
        Location location = Locations.of(node.getStart());
        return switch (node) {
            case SelectStatementContext select ->
                Optional.of(new Statement.SelectQuery(location, queries.build(select.query())));
            case CreateStatementContext create -> create(location, create);
            case InsertSelectContext insert ->
                Optional.of(new Statement.InsertSelect(
                        location,
                        Locations.identifier(insert.name),
                        insert.identifierList() == null
                                ? List.of()
                                : ExpressionBuilder.identifiers(
                                        insert.identifierList().identifier()),
                        queries.build(insert.query())));
            case StartJobContext start ->
                Optional.of(new Statement.CreateAs(
                        location,
                        ObjectKind.STREAM,
                        Locations.identifier(start.identifier()),
                        List.of(),
                        queries.build(start.query())));
            case SetStatementContext set ->
                Optional.of(
                        new Statement.Assign(location, PropertyBuilder.key(set.key), PropertyBuilder.value(set.value)));
            case InsertValuesContext values -> Optional.of(values(location, values));
            default -> commands.build(location, node);
        };
    }

    private Optional<Statement> create(Location location, CreateStatementContext node) {
        ObjectKind kind = CommandBuilder.kind(node.objectKind());
        Identifier name = Locations.identifier(node.name);
        List<Statement.ColumnDefinition> columns = node.columnDefinitions() == null
                ? List.of()
                : node.columnDefinitions().columnDefinition().stream()
                        .map(StatementBuilder::column)
                        .toList();
        List<Property> properties = queries.properties(node.withProperties());
        if (node.query() == null) {
            if (columns.isEmpty() && properties.isEmpty()) {
                Location end = Locations.of(endOf(node));
                problems.add(
                        ProblemCode.SYNTAX,
                        end,
                        "unexpected end of the statement; expected AS SELECT … or (columns) WITH (…)",
                        "CREATE " + kind + " " + name.name() + " AS SELECT … FROM source;");
                return Optional.empty();
            }
            return Optional.of(new Statement.Declare(location, kind, name, columns, properties, existing(node)));
        }
        Query query = queries.build(node.query());
        List<Property> all = new ArrayList<>(properties);
        all.addAll(query.properties());
        return Optional.of(
                new Statement.CreateAs(location, kind, name, columns, query.withProperties(all), existing(node)));
    }

    private static Statement.Existing existing(CreateStatementContext node) {
        if (node.REPLACE() != null) {
            return Statement.Existing.REPLACE;
        }
        return node.EXISTS() == null ? Statement.Existing.REFUSE : Statement.Existing.KEEP;
    }

    private static Token endOf(StatementContext node) {
        ParserRuleContext whole = node;
        while (!(whole instanceof SingleStatementContext)) {
            whole = whole.getParent();
        }
        return ((SingleStatementContext) whole).EOF().getSymbol();
    }

    private static Statement.ColumnDefinition column(ColumnDefinitionContext node) {
        boolean notNull = false;
        boolean key = false;
        for (ColumnConstraintContext constraint : node.columnConstraint()) {
            notNull |= constraint.NOT() != null;
            key |= constraint.KEY() != null;
        }
        return new Statement.ColumnDefinition(
                Locations.identifier(node.name), TypeBuilder.build(node.type()), notNull, key);
    }

    private Statement values(Location location, InsertValuesContext node) {
        return new Statement.InsertValues(
                location,
                Locations.identifier(node.name),
                node.identifierList() == null
                        ? List.of()
                        : ExpressionBuilder.identifiers(node.identifierList().identifier()),
                node.valuesRow().stream()
                        .map(row -> queries.expressions().all(row.expression()))
                        .toList());
    }
}
