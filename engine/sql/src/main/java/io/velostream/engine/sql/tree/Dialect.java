package io.velostream.engine.sql.tree;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a text means where Velostream's SQL and ksqlDB's differ. A whole text has one dialect. */
public enum Dialect {
    VELOSTREAM,
    /**
     * Names without quotes are upper case, integers divide to integers, key columns are in the record key only and are
     * encoded as ksqlDB does.
     */
    KSQLDB;

    /** As written in {@code SET 'dialect' = …}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The dialect of a word, ignoring case. */
    public static Optional<Dialect> of(String word) {
        return Arrays.stream(values())
                .filter(dialect -> dialect.word().equalsIgnoreCase(word))
                .findFirst();
    }

    /** Every word that {@link #of} knows. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Dialect::word).toList();
    }
}
