package io.velostream.engine.sql.parser;

import io.velostream.engine.sql.analysis.ProblemCode;
import io.velostream.engine.sql.analysis.Problems;
import io.velostream.engine.sql.parser.generated.VeloSqlParser;
import io.velostream.engine.sql.parser.generated.VeloSqlParser.SingleExpressionContext;
import io.velostream.engine.sql.parser.generated.VeloSqlParser.SingleStatementContext;
import io.velostream.engine.sql.tree.Expr;
import io.velostream.engine.sql.tree.Location;
import io.velostream.engine.sql.tree.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.Interval;
import org.antlr.v4.runtime.misc.ParseCancellationException;

/**
 * Text → {@code sql.tree}. Every statement is parsed by itself, so that each can have its own syntax error: first with
 * ANTLR's fast SLL prediction, and only if that fails with full LL, which also gives the error its place.
 */
public final class SqlParser {

    private final Problems problems;
    private final boolean upperCaseNames;

    /** A parser that reports what it does not understand. */
    public SqlParser(Problems problems) {
        this(problems, false);
    }

    private SqlParser(Problems problems, boolean upperCaseNames) {
        this.problems = problems;
        this.upperCaseNames = upperCaseNames;
    }

    /** A parser that makes names without quotes upper case, as ksqlDB does. */
    public static SqlParser withUpperCaseNames(Problems problems) {
        return new SqlParser(problems, true);
    }

    /** Reads a whole script; statements with syntax errors are left out and reported. */
    public ParsedScript parse(String text) {
        TokenizedScript script = new Tokenizer(problems, upperCaseNames).tokenize(text);
        List<Statement> statements = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        List<Integer> ordinals = new ArrayList<>();
        for (int ordinal = 0; ordinal < script.statements().size() && !problems.isFull(); ordinal++) {
            List<Token> tokens = script.statements().get(ordinal);
            Optional<Statement> statement = parseStatement(tokens);
            if (statement.isPresent()) {
                statements.add(statement.get());
                texts.add(textOf(tokens));
                ordinals.add(ordinal);
            }
        }
        if (script.statements().isEmpty() && !problems.hasErrors()) {
            problems.add(
                    ProblemCode.EMPTY_TEXT,
                    Location.START,
                    "the text is empty: there is no statement in it",
                    "write at least one statement, such as CREATE STREAM name AS SELECT … FROM source;");
        }
        return new ParsedScript(statements, texts, ordinals, script.comments());
    }

    /** Reads a lone expression, such as the condition in an annotation; empty when there is a syntax error. */
    public Optional<Expr> parseExpression(String text) {
        int before = problems.size();
        TokenizedScript script = new Tokenizer(problems, upperCaseNames).tokenize(text);
        if (problems.size() > before) {
            return Optional.empty();
        }
        if (script.statements().size() != 1) {
            problems.add(ProblemCode.SYNTAX, Location.START, "an expression is expected here");
            return Optional.empty();
        }
        List<Token> tokens = script.statements().getFirst();
        if (!NestingLimit.holds(tokens, problems)) {
            return Optional.empty();
        }
        VeloSqlParser parser = parser(tokens);
        parser.addErrorListener(new SyntaxErrorReporter(problems));
        SingleExpressionContext tree = parser.singleExpression();
        if (problems.size() > before) {
            return Optional.empty();
        }
        Expr expression = new QueryBuilder(problems).expressions().build(tree.expression());
        return problems.size() > before ? Optional.empty() : Optional.of(expression);
    }

    /** What stands between the first token and the semicolon. */
    private static String textOf(List<Token> tokens) {
        Token first = tokens.getFirst();
        Token last = tokens.get(tokens.size() - 2);
        return first.getInputStream().getText(Interval.of(first.getStartIndex(), last.getStopIndex()));
    }

    private Optional<Statement> parseStatement(List<Token> tokens) {
        if (!NestingLimit.holds(tokens, problems)) {
            return Optional.empty();
        }
        int before = problems.size();
        SingleStatementContext tree = parseTree(tokens);
        if (problems.size() > before) {
            return Optional.empty();
        }
        Optional<Statement> statement = new StatementBuilder(problems).build(tree.statement());
        return problems.size() > before ? Optional.empty() : statement;
    }

    private SingleStatementContext parseTree(List<Token> tokens) {
        VeloSqlParser fast = parser(tokens);
        fast.getInterpreter().setPredictionMode(PredictionMode.SLL);
        fast.setErrorHandler(new BailErrorStrategy());
        try {
            return fast.singleStatement();
        } catch (ParseCancellationException syntaxError) {
            VeloSqlParser thorough = parser(tokens);
            thorough.getInterpreter().setPredictionMode(PredictionMode.LL);
            thorough.setErrorHandler(new DefaultErrorStrategy());
            thorough.addErrorListener(new SyntaxErrorReporter(problems));
            return thorough.singleStatement();
        }
    }

    private static VeloSqlParser parser(List<Token> tokens) {
        VeloSqlParser parser = new VeloSqlParser(new CommonTokenStream(new ListTokenSource(tokens)));
        parser.removeErrorListeners();
        return parser;
    }
}
