package io.velostream.engine.sql.parser;

import io.velostream.engine.sql.parser.generated.VeloSqlParser.IdentifierContext;
import io.velostream.engine.sql.tree.Identifier;
import io.velostream.engine.sql.tree.Location;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/** Where parse tree nodes stand, and their names. */
final class Locations {

    private Locations() {}

    /** The whole node where it is on one line, else its first token. */
    static Location of(ParserRuleContext node) {
        Token start = node.getStart();
        Token stop = node.getStop();
        Location first = of(start);
        if (stop == null || stop.getLine() != start.getLine() || stop.getStopIndex() < start.getStartIndex()) {
            return first;
        }
        return new Location(first.line(), first.column(), stop.getStopIndex() - start.getStartIndex() + 1);
    }

    static Location of(Token token) {
        return Tokenizer.locate(token);
    }

    static Identifier identifier(IdentifierContext node) {
        Token token = node.getStart();
        String text = token.getText();
        char first = text.charAt(0);
        if (first == '"' || first == '`') {
            String mark = String.valueOf(first);
            return new Identifier(
                    of(token), text.substring(1, text.length() - 1).replace(mark + mark, mark), true);
        }
        return new Identifier(of(token), text, false);
    }

    /** The value of a string token. */
    static String string(Token token) {
        String text = token.getText();
        return text.substring(1, text.length() - 1).replace("''", "'");
    }
}
