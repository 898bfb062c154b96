package io.velostream.engine.sql.parser;

import io.velostream.engine.sql.analysis.NearestName;
import io.velostream.engine.sql.analysis.ProblemCode;
import io.velostream.engine.sql.analysis.Problems;
import io.velostream.engine.sql.parser.generated.VeloSqlLexer;
import io.velostream.engine.sql.parser.generated.VeloSqlParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.NoViableAltException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.Vocabulary;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.atn.ATNConfig;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.jspecify.annotations.Nullable;

/** Turns the first syntax error of a statement into a sentence that says what would be right. */
final class SyntaxErrorReporter extends BaseErrorListener {

    private static final int MOST_ALTERNATIVES = 8;

    private final Problems problems;
    private boolean reported;

    SyntaxErrorReporter(Problems problems) {
        this.problems = problems;
    }

    @Override
    public void syntaxError(
            Recognizer<?, ?> recognizer,
            @Nullable Object offendingSymbol,
            int line,
            int charPositionInLine,
            @Nullable String antlrMessage,
            @Nullable RecognitionException cause) {
        if (reported || !(recognizer instanceof Parser parser) || !(offendingSymbol instanceof Token symbol)) {
            return;
        }
        reported = true;
        Token token = cause instanceof NoViableAltException noWay ? noWay.getOffendingToken() : symbol;
        IntervalSet expected = expectedTokens(parser, cause);
        List<String> alternatives = describe(expected);
        String message = "unexpected " + describe(token)
                + (alternatives.isEmpty() ? "" : "; expected " + String.join(" or ", alternatives))
                + meant(token, expected, parser.getVocabulary());
        hint(token, expected)
                .ifPresentOrElse(
                        hint -> problems.add(ProblemCode.SYNTAX, Tokenizer.locate(token), message, hint),
                        () -> problems.add(ProblemCode.SYNTAX, Tokenizer.locate(token), message));
    }

    private static IntervalSet expectedTokens(Parser parser, @Nullable RecognitionException cause) {
        if (cause instanceof NoViableAltException noWay && noWay.getDeadEndConfigs() != null) {
            IntervalSet expected = new IntervalSet();
            ATN atn = parser.getATN();
            for (ATNConfig config : noWay.getDeadEndConfigs()) {
                expected.addAll(atn.nextTokens(config.state));
            }
            expected.remove(Token.EPSILON);
            return expected;
        }
        return parser.getExpectedTokens();
    }

    /** The alternatives as people say them: a whole expression is one of them, not each of its first tokens. */
    private static List<String> describe(IntervalSet expected) {
        List<String> alternatives = new ArrayList<>();
        boolean expression = expected.contains(VeloSqlLexer.CASE) && expected.contains(VeloSqlLexer.NULL);
        boolean name = expected.contains(VeloSqlLexer.IDENTIFIER);
        boolean operator = expected.contains(VeloSqlLexer.SLASH) && expected.contains(VeloSqlLexer.PLUS);
        for (int type : expected.toList()) {
            if (type == Token.EOF) {
                continue;
            }
            boolean covered =
                    expression && startsExpression(type) || name && (isNameToken(type)) || operator && isOperator(type);
            if (!covered) {
                alternatives.add(display(type));
            }
        }
        if (expression) {
            alternatives.add("an expression");
        } else if (name) {
            alternatives.add("a name (identifier)");
        }
        if (operator && alternatives.size() < MOST_ALTERNATIVES) {
            alternatives.add("an operator");
        }
        if (expected.contains(Token.EOF)) {
            alternatives.add("the end of the statement (;)");
        }
        return alternatives.size() > 2 * MOST_ALTERNATIVES ? List.of() : alternatives;
    }

    private static String display(int type) {
        return switch (type) {
            case VeloSqlLexer.INTEGER_VALUE -> "a whole number";
            case VeloSqlLexer.DECIMAL_VALUE, VeloSqlLexer.DOUBLE_VALUE -> "a number";
            case VeloSqlLexer.STRING -> "a string in single quotes";
            case VeloSqlLexer.DURATION -> "a duration such as 5m";
            case VeloSqlLexer.VARIABLE -> "a variable ${name}";
            case VeloSqlLexer.URI -> "an address such as kafka://topic";
            default -> {
                String literal = VeloSqlLexer.VOCABULARY.getLiteralName(type);
                yield literal == null
                        ? VeloSqlLexer.VOCABULARY.getDisplayName(type)
                        : literal.substring(1, literal.length() - 1);
            }
        };
    }

    private static boolean isNameToken(int type) {
        return type == VeloSqlLexer.IDENTIFIER
                || type == VeloSqlLexer.QUOTED_IDENTIFIER
                || type == VeloSqlLexer.BACKQUOTED_IDENTIFIER
                || NonReservedWords.contains(type);
    }

    private static boolean startsExpression(int type) {
        return isNameToken(type)
                || switch (type) {
                    case VeloSqlLexer.INTEGER_VALUE,
                            VeloSqlLexer.DECIMAL_VALUE,
                            VeloSqlLexer.DOUBLE_VALUE,
                            VeloSqlLexer.STRING,
                            VeloSqlLexer.DURATION,
                            VeloSqlLexer.VARIABLE,
                            VeloSqlLexer.TRUE,
                            VeloSqlLexer.FALSE,
                            VeloSqlLexer.NULL,
                            VeloSqlLexer.CASE,
                            VeloSqlLexer.CAST,
                            VeloSqlLexer.EXISTS,
                            VeloSqlLexer.NOT,
                            VeloSqlLexer.JOIN,
                            VeloSqlLexer.LEFT,
                            VeloSqlLexer.RIGHT,
                            VeloSqlLexer.MINUS,
                            VeloSqlLexer.PLUS,
                            VeloSqlLexer.LEFT_PAREN -> true;
                    default -> false;
                };
    }

    private static boolean isOperator(int type) {
        return type >= VeloSqlLexer.LESS && type <= VeloSqlLexer.DOT
                || type == VeloSqlLexer.LEFT_BRACKET
                || switch (type) {
                    case VeloSqlLexer.AND,
                            VeloSqlLexer.OR,
                            VeloSqlLexer.IS,
                            VeloSqlLexer.IN,
                            VeloSqlLexer.NOT,
                            VeloSqlLexer.LIKE,
                            VeloSqlLexer.BETWEEN -> true;
                    default -> false;
                };
    }

    /** A misspelt keyword is named: {@code FORM} for {@code FROM}. */
    private static String meant(Token token, IntervalSet expected, Vocabulary vocabulary) {
        if (token.getType() != VeloSqlLexer.IDENTIFIER) {
            return "";
        }
        List<String> keywords = new ArrayList<>();
        for (int type : expected.toList()) {
            String literal = type > 0 ? vocabulary.getLiteralName(type) : null;
            if (literal != null && Character.isLetter(literal.charAt(1))) {
                keywords.add(literal.substring(1, literal.length() - 1));
            }
        }
        return NearestName.suggestion(token.getText(), keywords);
    }

    private static Optional<String> hint(Token token, IntervalSet expected) {
        boolean atEnd = expected.contains(Token.EOF);
        if (atEnd && (token.getType() == VeloSqlLexer.CREATE || token.getType() == VeloSqlLexer.INSERT)) {
            return Optional.of("put a semicolon before the next statement");
        }
        if (isReserved(token.getType()) && expected.contains(VeloSqlLexer.IDENTIFIER)) {
            return Optional.of("to use " + token.getText() + " as a name, write it in double quotes or backticks");
        }
        return Optional.empty();
    }

    private static boolean isReserved(int type) {
        return type > 0 && type < VeloSqlLexer.LESS && !NonReservedWords.contains(type);
    }

    private static String describe(Token token) {
        if (token.getType() == Token.EOF) {
            return "end of the statement";
        }
        return quote(token.getText());
    }

    static String quote(String text) {
        String shown = text.length() > 40 ? text.substring(0, 37) + "…" : text;
        return "`" + shown + "`";
    }

    /** Which keywords may also be names, read off the grammar itself. */
    private static final class NonReservedWords {
        private static final IntervalSet TYPES =
                VeloSqlParser._ATN.nextTokens(VeloSqlParser._ATN.ruleToStartState[VeloSqlParser.RULE_nonReserved]);

        static boolean contains(int type) {
            return TYPES.contains(type);
        }
    }
}
