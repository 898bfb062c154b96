package io.velostream.engine.sql.analysis;

import io.velostream.engine.sql.tree.Dialect;
import io.velostream.engine.sql.tree.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Chooses the dialect of a text: what {@code SET 'dialect'} says, else what was given from outside, else ksqlDB's if every
 * declaration has its form. Declarations of both forms without a word about it are an error, since each dialect would
 * misread one of them.
 */
public final class DialectChooser {

    private static final String SETTING = "dialect";

    private final Problems problems;

    /** A chooser that reports what is contradictory. */
    public DialectChooser(Problems problems) {
        this.problems = problems;
    }

    /**
     * The dialect of the statements.
     *
     * @param outside what the job or the command line says
     */
    public Dialect choose(List<Statement> statements, Optional<Dialect> outside) {
        Optional<Dialect> set = set(statements);
        if (set.isPresent() || outside.isPresent()) {
            return set.or(() -> outside).get();
        }
        List<Statement.Declare> declarations = statements.stream()
                .filter(Statement.Declare.class::isInstance)
                .map(Statement.Declare.class::cast)
                .toList();
        if (declarations.isEmpty()) {
            return Dialect.VELOSTREAM;
        }
        Statement.Declare first = declarations.getFirst();
        Dialect dialect = formOf(first);
        declarations.stream()
                .filter(each -> formOf(each) != dialect)
                .findFirst()
                .ifPresent(other -> reportMixture(first, other));
        return dialect;
    }

    private Optional<Dialect> set(List<Statement> statements) {
        Optional<Statement.Assign> earlier = Optional.empty();
        for (Statement statement : statements) {
            if (!(statement instanceof Statement.Assign assign)
                    || !assign.key().toLowerCase(Locale.ROOT).equals(SETTING)) {
                continue;
            }
            if (Dialect.of(assign.value()).isEmpty()) {
                problems.add(
                        ProblemCode.BAD_PROPERTY_VALUE,
                        assign.location(),
                        "there is no dialect '" + assign.value() + "'"
                                + NearestName.suggestion(assign.value(), Dialect.words()),
                        "allowed: " + String.join(", ", Dialect.words()));
            } else if (earlier.isPresent() && !earlier.get().value().equalsIgnoreCase(assign.value())) {
                problems.add(
                        ProblemCode.MIXED_DIALECTS,
                        assign.location(),
                        "the dialect is '" + earlier.get().value() + "' on line "
                                + earlier.get().location().line() + " and '" + assign.value() + "' here",
                        "a text has one dialect; split it into two jobs");
            } else {
                earlier = Optional.of(assign);
            }
        }
        return earlier.flatMap(assign -> Dialect.of(assign.value()));
    }

    private static Dialect formOf(Statement.Declare declaration) {
        Set<String> keys = declaration.properties().stream()
                .map(property -> property.key().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        return keys.contains("kafka_topic") && (keys.contains("value_format") || keys.contains("format"))
                ? Dialect.KSQLDB
                : Dialect.VELOSTREAM;
    }

    private void reportMixture(Statement.Declare first, Statement.Declare other) {
        Statement.Declare ksql = formOf(first) == Dialect.KSQLDB ? first : other;
        Statement.Declare own = ksql == first ? other : first;
        problems.add(
                ProblemCode.MIXED_DIALECTS,
                other.name().location(),
                "`" + ksql.name().name() + "` on line " + ksql.name().location().line()
                        + " is declared in ksqlDB's form (KAFKA_TOPIC with VALUE_FORMAT), `"
                        + own.name().name() + "` on line "
                        + own.name().location().line() + " in Velostream's",
                "write both in one form, or say what is meant with SET 'dialect' = 'velostream' or 'ksqldb'");
    }
}
