package io.velostream.engine.sql.parser;

import io.velostream.engine.sql.analysis.ProblemCode;
import io.velostream.engine.sql.analysis.Problems;
import io.velostream.engine.sql.parser.generated.VeloSqlLexer;
import java.util.List;
import org.antlr.v4.runtime.Token;

/**
 * Refuses text that nests deeper than a recursive parser and analyser can follow on an ordinary thread's stack, before
 * anything recursive looks at it.
 */
final class NestingLimit {

    static final int DEEPEST = 200;

    private NestingLimit() {}

    /** Whether the statement stays within the limit; if not, the first token beyond it is reported. */
    static boolean holds(List<Token> tokens, Problems problems) {
        int depth = 0;
        int typeDepth = 0;
        int prefixes = 0;
        int joins = 0;
        int previous = Token.EPSILON;
        for (Token token : tokens) {
            int type = token.getType();
            switch (type) {
                case VeloSqlLexer.LEFT_PAREN, VeloSqlLexer.LEFT_BRACKET, VeloSqlLexer.CASE, VeloSqlLexer.EXPLAIN ->
                    depth++;
                case VeloSqlLexer.RIGHT_PAREN, VeloSqlLexer.RIGHT_BRACKET, VeloSqlLexer.END -> depth--;
                case VeloSqlLexer.LESS -> {
                    if (previous == VeloSqlLexer.ARRAY
                            || previous == VeloSqlLexer.MAP
                            || previous == VeloSqlLexer.STRUCT) {
                        typeDepth++;
                    }
                }
                case VeloSqlLexer.JOIN -> joins++;
                case VeloSqlLexer.GREATER -> typeDepth = Math.max(0, typeDepth - 1);
                default -> {}
            }
            prefixes = isPrefix(type) ? prefixes + 1 : 0;
            if (depth + typeDepth + prefixes > DEEPEST || joins > DEEPEST) {
                problems.add(
                        ProblemCode.TOO_DEEP,
                        Tokenizer.locate(token),
                        joins > DEEPEST
                                ? "more than " + DEEPEST + " joins are in this statement"
                                : "expressions nest deeper than " + DEEPEST + " levels here",
                        "name a part of the expression in an earlier statement and use that");
                return false;
            }
            previous = type;
        }
        return true;
    }

    private static boolean isPrefix(int type) {
        return type == VeloSqlLexer.NOT || type == VeloSqlLexer.MINUS || type == VeloSqlLexer.PLUS;
    }
}
