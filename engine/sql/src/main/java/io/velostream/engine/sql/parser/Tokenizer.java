package io.velostream.engine.sql.parser;

import io.velostream.engine.sql.analysis.ProblemCode;
import io.velostream.engine.sql.analysis.Problems;
import io.velostream.engine.sql.parser.generated.VeloSqlLexer;
import io.velostream.engine.sql.tree.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;

/** Text → tokens, cut into statements; says what is wrong with a mark that has no end. */
final class Tokenizer {

    private final Problems problems;
    private final boolean upperCaseNames;
    private final List<List<Token>> statements = new ArrayList<>();
    private final List<ParsedScript.Comment> comments = new ArrayList<>();
    private List<Token> current = new ArrayList<>();

    /** A tokenizer that leaves words as they are written, or makes those without quotes upper case. */
    Tokenizer(Problems problems, boolean upperCaseNames) {
        this.problems = problems;
        this.upperCaseNames = upperCaseNames;
    }

    TokenizedScript tokenize(String text) {
        VeloSqlLexer lexer = new VeloSqlLexer(CharStreams.fromString(text));
        lexer.removeErrorListeners();
        boolean broken = false;
        Token token = lexer.nextToken();
        while (token.getType() != Token.EOF && !broken) {
            switch (token.getType()) {
                case VeloSqlLexer.LINE_COMMENT ->
                    comments.add(new ParsedScript.Comment(
                            locate(token), token.getText().substring(2), statements.size()));
                case VeloSqlLexer.BLOCK_COMMENT -> {}
                case VeloSqlLexer.SEMICOLON -> endStatement(token);
                case VeloSqlLexer.UNTERMINATED_STRING,
                        VeloSqlLexer.UNTERMINATED_QUOTED_IDENTIFIER,
                        VeloSqlLexer.UNTERMINATED_BACKQUOTED_IDENTIFIER,
                        VeloSqlLexer.UNTERMINATED_COMMENT -> {
                    reportUnterminated(token);
                    broken = true;
                }
                case VeloSqlLexer.UNRECOGNIZED -> {
                    problems.add(
                            ProblemCode.SYNTAX,
                            locate(token),
                            "unexpected character " + SyntaxErrorReporter.quote(token.getText()));
                    current.clear();
                    broken = skipStatement(lexer);
                }
                default -> current.add(upperCaseNames ? upperCase(token) : token);
            }
            token = lexer.nextToken();
        }
        if (!broken) {
            endStatement(token);
        }
        return new TokenizedScript(statements, comments);
    }

    private static Token upperCase(Token token) {
        String text = token.getText();
        boolean word =
                token.getType() != VeloSqlLexer.URI && (Character.isLetter(text.charAt(0)) || text.charAt(0) == '_');
        if (!word) {
            return token;
        }
        CommonToken changed = new CommonToken(token);
        changed.setText(text.toUpperCase(Locale.ROOT));
        return changed;
    }

    /** Goes to the next semicolon; gives whether the text ended before it. */
    private static boolean skipStatement(VeloSqlLexer lexer) {
        Token token = lexer.nextToken();
        while (token.getType() != VeloSqlLexer.SEMICOLON && token.getType() != Token.EOF) {
            token = lexer.nextToken();
        }
        return token.getType() == Token.EOF;
    }

    private void endStatement(Token end) {
        if (!current.isEmpty()) {
            CommonToken endOfStatement = new CommonToken(end);
            endOfStatement.setType(Token.EOF);
            endOfStatement.setText(end.getType() == Token.EOF ? "<EOF>" : ";");
            current.add(endOfStatement);
            statements.add(current);
            current = new ArrayList<>();
        }
    }

    private void reportUnterminated(Token token) {
        String what = switch (token.getType()) {
            case VeloSqlLexer.UNTERMINATED_STRING -> "string";
            case VeloSqlLexer.UNTERMINATED_COMMENT -> "comment";
            default -> "quoted name";
        };
        String end = switch (token.getType()) {
            case VeloSqlLexer.UNTERMINATED_COMMENT -> "*/";
            default -> token.getText();
        };
        problems.add(
                ProblemCode.UNTERMINATED,
                locate(token),
                "unterminated " + what + ": it begins here and has no end",
                "close it with " + end);
    }

    static Location locate(Token token) {
        int length = token.getType() == Token.EOF ? 1 : token.getStopIndex() - token.getStartIndex() + 1;
        String text = token.getText();
        int lineEnd = text == null ? -1 : text.indexOf('\n');
        return new Location(token.getLine(), token.getCharPositionInLine() + 1, lineEnd > 0 ? lineEnd : length);
    }
}
