package io.velostream.engine.sql.parser;

import io.velostream.engine.sql.analysis.ProblemCode;
import io.velostream.engine.sql.analysis.Problems;
import io.velostream.engine.sql.parser.generated.VeloSqlParser;
import io.velostream.engine.sql.parser.generated.VeloSqlParser.*;
import io.velostream.engine.sql.tree.Expr;
import io.velostream.engine.sql.tree.Expr.BinaryOperator;
import io.velostream.engine.sql.tree.Identifier;
import io.velostream.engine.sql.tree.Location;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/**
 * Parse tree → expressions. Chains of one binary operator, which the parser makes as deep as they are long, are walked
 * without recursion.
 */
final class ExpressionBuilder {

    private final Problems problems;
    private final QueryBuilder queries;
    private final Durations durations;

    ExpressionBuilder(Problems problems, QueryBuilder queries) {
        this.problems = problems;
        this.queries = queries;
        this.durations = new Durations(problems);
    }

    Problems problems() {
        return problems;
    }

    /** An interval in one of its two forms. */
    Expr interval(Location location, @Nullable IntervalContext interval, TerminalNode shorthand) {
        return new Expr.IntervalLiteral(
                location, interval == null ? durations.shorthand(shorthand.getSymbol()) : durations.of(interval));
    }

    List<Expr> all(List<ExpressionContext> nodes) {
        return nodes.stream().map(this::build).toList();
    }

    Expr build(ExpressionContext node) {
        return switch (node) {
            case AndContext and -> new Expr.And(Locations.of(and), all(flatten(and, AndContext.class)));
            case OrContext or -> new Expr.Or(Locations.of(or), all(flatten(or, OrContext.class)));
            case NotContext not -> new Expr.Not(Locations.of(not), build(not.expression()));
            case PredicatedContext predicated -> predicated(predicated);
            default -> throw new IllegalStateException("no builder for " + node.getClass());
        };
    }

    /** The operands of a chain such as {@code a AND b AND c}, in their order. */
    private static <C extends ExpressionContext> List<ExpressionContext> flatten(C chain, Class<C> kind) {
        List<ExpressionContext> operands = new ArrayList<>();
        ExpressionContext next = chain;
        while (kind.isInstance(next)) {
            operands.add(next.getRuleContext(ExpressionContext.class, 1));
            next = next.getRuleContext(ExpressionContext.class, 0);
        }
        operands.add(next);
        Collections.reverse(operands);
        return operands;
    }

    private Expr predicated(PredicatedContext node) {
        Expr operand = value(node.valueExpression());
        if (node.predicate().size() > NestingLimit.DEEPEST) {
            problems.add(
                    ProblemCode.TOO_DEEP,
                    Locations.of(node.predicate().getLast()),
                    "more than " + NestingLimit.DEEPEST + " comparisons follow each other",
                    "join comparisons with AND");
            return operand;
        }
        for (PredicateContext predicate : node.predicate()) {
            operand = predicate(span(node, predicate), operand, predicate);
        }
        return operand;
    }

    private static Location span(ParserRuleContext from, ParserRuleContext to) {
        Location first = Locations.of(from.getStart());
        boolean oneLine = to.getStop() != null && to.getStop().getLine() == first.line();
        return oneLine
                ? new Location(
                        first.line(),
                        first.column(),
                        to.getStop().getStopIndex() - from.getStart().getStartIndex() + 1)
                : first;
    }

    private Expr predicate(Location location, Expr operand, PredicateContext node) {
        return switch (node) {
            case ComparisonContext comparison ->
                new Expr.Compare(
                        location,
                        standard(comparison.comparisonOperator()),
                        operand,
                        value(comparison.valueExpression()));
            case QuantifiedContext quantified ->
                new Expr.QuantifiedCompare(
                        location,
                        standard(quantified.comparisonOperator()),
                        quantified.quantifier.getType() == VeloSqlParser.ALL,
                        operand,
                        queries.build(quantified.query()));
            case BetweenContext between ->
                negate(
                        between.NOT() != null,
                        new Expr.Between(location, operand, value(between.lower), value(between.upper)));
            case InQueryContext in ->
                negate(in.NOT() != null, new Expr.InQuery(location, operand, queries.build(in.query())));
            case InListContext in -> negate(in.NOT() != null, new Expr.In(location, operand, all(in.expression())));
            case LikeContext like ->
                negate(
                        like.NOT() != null,
                        new Expr.Like(
                                location,
                                operand,
                                value(like.pattern),
                                Optional.ofNullable(like.escape).map(Locations::string)));
            case IsNullContext isNull -> negate(isNull.NOT() != null, new Expr.IsNull(location, operand));
            case IsTruthContext is -> negate(is.NOT() != null, new Expr.IsTruth(location, operand, is.TRUE() != null));
            case IsDistinctContext distinct ->
                negate(
                        distinct.NOT() != null,
                        new Expr.IsDistinct(location, operand, value(distinct.valueExpression())));
            case RegexContext regex ->
                negate(
                        regex.operator.getType() == VeloSqlParser.BANG_TILDE,
                        call(location, "REGEXP", List.of(operand, value(regex.valueExpression()))));
            default -> throw new IllegalStateException("no builder for " + node.getClass());
        };
    }

    private static Expr negate(boolean negated, Expr expression) {
        return negated ? new Expr.Not(expression.location(), expression) : expression;
    }

    private static String standard(ComparisonOperatorContext operator) {
        return switch (operator.getText()) {
            case "==" -> "=";
            case "!=" -> "<>";
            default -> operator.getText();
        };
    }

    private static Expr.Call call(Location location, String name, List<Expr> arguments) {
        return new Expr.Call(location, name, false, false, arguments, List.of(), Optional.empty());
    }

    Expr value(ValueExpressionContext node) {
        Deque<ValueExpressionContext> chain = new ArrayDeque<>();
        ValueExpressionContext leftmost = node;
        while (!(leftmost instanceof PrimaryValueContext || leftmost instanceof SignedContext)) {
            chain.push(leftmost);
            leftmost = leftmost.getRuleContext(ValueExpressionContext.class, 0);
        }
        Expr result = switch (leftmost) {
            case PrimaryValueContext primary -> primary(primary.primary());
            case SignedContext signed -> signed(signed);
            default -> throw new IllegalStateException("no builder for " + leftmost.getClass());
        };
        while (!chain.isEmpty()) {
            ValueExpressionContext next = chain.pop();
            Expr right = value(next.getRuleContext(ValueExpressionContext.class, 1));
            result = new Expr.Binary(span(node, next), operator(next), result, right);
        }
        return result;
    }

    private static BinaryOperator operator(ValueExpressionContext node) {
        return switch (node.getChild(1).getText()) {
            case "+" -> BinaryOperator.ADD;
            case "-" -> BinaryOperator.SUBTRACT;
            case "*" -> BinaryOperator.MULTIPLY;
            case "/" -> BinaryOperator.DIVIDE;
            case "%" -> BinaryOperator.MODULO;
            default -> BinaryOperator.CONCAT;
        };
    }

    private Expr signed(SignedContext node) {
        Location location = Locations.of(node);
        Expr operand = value(node.valueExpression());
        if (node.sign.getType() == VeloSqlParser.PLUS) {
            return operand;
        }
        return switch (operand) {
            case Expr.IntegerLiteral literal
            when !literal.digits().startsWith("-") -> new Expr.IntegerLiteral(location, "-" + literal.digits());
            case Expr.DecimalLiteral literal ->
                new Expr.DecimalLiteral(location, literal.value().negate());
            case Expr.DoubleLiteral literal -> new Expr.DoubleLiteral(location, -literal.value());
            case Expr.IntervalLiteral literal ->
                new Expr.IntervalLiteral(location, literal.value().negated());
            default -> new Expr.Negate(location, operand);
        };
    }

    private Expr primary(PrimaryContext node) {
        Location location = Locations.of(node);
        return switch (node) {
            case NumberLiteralContext number -> number(location, number.number());
            case StringLiteralContext string -> new Expr.StringLiteral(location, Locations.string(string.getStart()));
            case BooleanLiteralContext literal -> new Expr.BooleanLiteral(location, literal.TRUE() != null);
            case NullLiteralContext ignored -> new Expr.NullLiteral(location);
            case DurationLiteralContext duration ->
                new Expr.IntervalLiteral(location, durations.shorthand(duration.getStart()));
            case IntervalLiteralContext interval ->
                new Expr.IntervalLiteral(location, durations.of(interval.interval()));
            case VariableContext variable -> variable(location, variable.getText());
            case TemporalLiteralContext temporal ->
                new Expr.TemporalLiteral(
                        location,
                        temporal.kind.getText().toUpperCase(Locale.ROOT),
                        Locations.string(temporal.STRING().getSymbol()));
            case CaseExpressionContext branches -> caseExpression(location, branches);
            case CastContext cast ->
                new Expr.Cast(
                        location,
                        build(cast.expression()),
                        TypeBuilder.build(cast.type()),
                        cast.function.getType() == VeloSqlParser.TRY_CAST);
            case ExistsContext exists -> new Expr.Exists(location, queries.build(exists.query()));
            case SubqueryContext subquery -> new Expr.Subquery(location, queries.build(subquery.query()));
            case ParenthesizedContext inner -> build(inner.expression());
            case ColumnReferenceContext column -> new Expr.Name(Locations.identifier(column.identifier()));
            case DereferenceContext _, IndexContext _ -> suffixes(node);
            default -> function(location, node);
        };
    }

    /** {@code a.b[1].c}: walked without recursion, as long as it may be. */
    private Expr suffixes(PrimaryContext node) {
        Deque<PrimaryContext> chain = new ArrayDeque<>();
        PrimaryContext base = node;
        while (base instanceof DereferenceContext || base instanceof IndexContext) {
            chain.push(base);
            base = base.getRuleContext(PrimaryContext.class, 0);
        }
        Expr result = primary(base);
        if (chain.size() > NestingLimit.DEEPEST) {
            problems.add(
                    ProblemCode.TOO_DEEP,
                    Locations.of(node.getStart()),
                    "more than " + NestingLimit.DEEPEST + " fields follow each other",
                    "take a part of the value in an earlier statement");
            return result;
        }
        for (PrimaryContext suffix : chain) {
            Location location = span(node, suffix);
            result = suffix instanceof DereferenceContext field
                    ? new Expr.Dereference(location, result, Locations.identifier(field.identifier()))
                    : new Expr.Index(location, result, value(((IndexContext) suffix).valueExpression()));
        }
        return result;
    }

    private Expr function(Location location, PrimaryContext node) {
        return switch (node) {
            case ExtractContext extract ->
                call(
                        location,
                        "EXTRACT",
                        List.of(
                                new Expr.StringLiteral(
                                        Locations.of(extract.part),
                                        Locations.identifier(extract.part).name()),
                                value(extract.valueExpression())));
            case PositionInContext position ->
                call(location, "POSITION", List.of(value(position.needle), value(position.haystack)));
            case SubstringFromContext substring ->
                call(
                        location,
                        "SUBSTRING",
                        substring.length == null
                                ? List.of(value(substring.text), value(substring.start))
                                : List.of(value(substring.text), value(substring.start), value(substring.length)));
            case ArrayConstructorContext array -> call(location, "ARRAY", all(array.expression()));
            case PairConstructorContext pairs -> pairs(location, pairs);
            case CallContext call -> call(call);
            default -> throw new IllegalStateException("no builder for " + node.getClass());
        };
    }

    /** The keys of a STRUCT are names: an unquoted one is taken as its text. */
    private Expr pairs(Location location, PairConstructorContext node) {
        List<Expr> arguments = new ArrayList<>();
        boolean struct = node.kind.getType() == VeloSqlParser.STRUCT;
        for (PairContext pair : node.pair()) {
            Expr key = build(pair.key);
            arguments.add(
                    struct && key instanceof Expr.Name name
                            ? new Expr.StringLiteral(
                                    name.location(), name.identifier().name())
                            : key);
            arguments.add(build(pair.item));
        }
        return call(location, node.kind.getText().toUpperCase(Locale.ROOT), arguments);
    }

    private Expr argument(ArgumentContext node) {
        if (node.lambda() == null) {
            return build(node.expression());
        }
        LambdaContext lambda = node.lambda();
        return new Expr.Lambda(Locations.of(lambda), identifiers(lambda.identifier()), build(lambda.expression()));
    }

    private Expr call(CallContext node) {
        ArgumentsContext arguments = node.arguments();
        List<Expr.SortItem> order = new ArrayList<>(sortItems(arguments.sortItem()));
        if (node.withinGroup() != null) {
            order.add(sortItem(node.withinGroup().sortItem()));
        }
        FunctionNameContext name = node.functionName();
        String text = name.identifier() == null
                ? name.getText()
                : Locations.identifier(name.identifier()).name();
        boolean star = arguments.getChildCount() == 1
                && arguments.getChild(0).getText().equals("*");
        return new Expr.Call(
                Locations.of(name),
                text,
                arguments.DISTINCT() != null,
                star,
                arguments.argument().stream().map(this::argument).toList(),
                order,
                Optional.ofNullable(node.over()).map(this::over));
    }

    private Expr.Over over(OverContext node) {
        return new OverBuilder(this).build(node);
    }

    long wholeNumber(Token token) {
        try {
            return Long.parseLong(token.getText());
        } catch (NumberFormatException tooLarge) {
            problems.add(
                    ProblemCode.BAD_LITERAL,
                    Locations.of(token),
                    token.getText() + " is too large",
                    "the largest whole number is " + Long.MAX_VALUE);
            return 1;
        }
    }

    List<Expr.SortItem> sortItems(List<SortItemContext> nodes) {
        return nodes.stream().map(this::sortItem).toList();
    }

    private Expr.SortItem sortItem(SortItemContext node) {
        return new Expr.SortItem(
                build(node.expression()),
                node.DESC() != null,
                Optional.ofNullable(node.identifier()).map(Locations::identifier));
    }

    private Expr caseExpression(Location location, CaseExpressionContext node) {
        List<Expr.When> branches = node.whenBranch().stream()
                .map(branch -> new Expr.When(build(branch.condition), build(branch.result)))
                .toList();
        return new Expr.Case(
                location,
                Optional.ofNullable(node.operand).map(this::build),
                branches,
                Optional.ofNullable(node.otherwise).map(this::build));
    }

    private static Expr number(Location location, NumberContext node) {
        String text = node.getText();
        if (node.INTEGER_VALUE() != null) {
            return new Expr.IntegerLiteral(location, text);
        }
        return node.DECIMAL_VALUE() != null
                ? new Expr.DecimalLiteral(location, new BigDecimal(text))
                : new Expr.DoubleLiteral(location, Double.parseDouble(text));
    }

    static Expr.Variable variable(Location location, String token) {
        if (!token.startsWith("${")) {
            return new Expr.Variable(location, token.substring(1), Optional.empty());
        }
        String inner = token.substring(2, token.length() - 1);
        int colon = inner.indexOf(':');
        return colon < 0
                ? new Expr.Variable(location, inner.trim(), Optional.empty())
                : new Expr.Variable(
                        location, inner.substring(0, colon).trim(), Optional.of(inner.substring(colon + 1)));
    }

    Expr.IntervalLiteral amount(UnitArgumentContext node) {
        return new Expr.IntervalLiteral(
                Locations.of(node),
                durations.amount(node.getStart(), node.INTEGER_VALUE().getText(), node.identifier()));
    }

    Expr.IntervalLiteral duration(DurationContext node) {
        return new Expr.IntervalLiteral(Locations.of(node), durations.of(node));
    }

    static List<Identifier> identifiers(List<IdentifierContext> nodes) {
        return nodes.stream().map(Locations::identifier).toList();
    }
}
