package io.velostream.engine.sql.parser;

import io.velostream.engine.sql.analysis.NearestName;
import io.velostream.engine.sql.analysis.ProblemCode;
import io.velostream.engine.sql.analysis.Problems;
import io.velostream.engine.sql.parser.generated.VeloSqlParser.*;
import io.velostream.engine.sql.tree.Command;
import io.velostream.engine.sql.tree.Command.Strategy;
import io.velostream.engine.sql.tree.Command.Subject;
import io.velostream.engine.sql.tree.Command.Verb;
import io.velostream.engine.sql.tree.Identifier;
import io.velostream.engine.sql.tree.Location;
import io.velostream.engine.sql.tree.Statement;
import io.velostream.engine.sql.tree.Statement.ObjectKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Parse tree → commands; says what is right where a word is none of the known ones. */
final class CommandBuilder {

    /** Other words for what SHOW lists; those of ksqlDB among them. */
    private static final Map<String, Subject> OTHER_WORDS =
            Map.of("QUERIES", Subject.JOBS, "COLUMNS", Subject.SCHEMA, "QUERY", Subject.STATUS, "JOB", Subject.STATUS);

    private static final List<String> STRATEGIES = List.of("BLUE_GREEN", "CANARY", "ROLLING", "REPLACE");

    private final Problems problems;
    private final StatementBuilder statements;

    CommandBuilder(Problems problems, StatementBuilder statements) {
        this.problems = problems;
        this.statements = statements;
    }

    Optional<Statement> build(Location location, StatementContext node) {
        return switch (node) {
            case ShowStatementContext show -> show(location, show);
            case ShowCreateContext show ->
                Optional.of(new Command.ShowCreate(location, Locations.identifier(show.identifier())));
            case DescribeStatementContext describe ->
                Optional.of(new Command.Describe(location, Locations.identifier(describe.identifier())));
            case ExplainStatementContext explain ->
                statements.build(explain.statement()).map(inner -> new Command.Explain(location, inner));
            case ExplainNameContext explain ->
                Optional.of(new Command.Explain(
                        location, new Command.Describe(location, Locations.identifier(explain.identifier()))));
            case DropStatementContext drop ->
                Optional.of(new Command.Drop(
                        location,
                        Optional.ofNullable(drop.objectKind()).map(CommandBuilder::kind),
                        Locations.identifier(drop.identifier()),
                        drop.EXISTS() != null));
            case ControlJobContext control ->
                Optional.of(new Command.Control(
                        location,
                        control.STOP() != null ? Verb.STOP : control.PAUSE() != null ? Verb.PAUSE : Verb.RESUME,
                        Optional.of(Locations.identifier(control.identifier())),
                        control.FORCE() != null));
            case TerminateStatementContext terminate ->
                Optional.of(new Command.Control(location, Verb.TERMINATE, optional(terminate.identifier()), false));
            case DeployJobContext deploy ->
                Optional.of(new Command.Deploy(
                        location,
                        Locations.identifier(deploy.identifier(0)),
                        Locations.string(deploy.STRING().getSymbol()),
                        strategy(deploy),
                        statements.queries().build(deploy.query())));
            case RollbackJobContext rollback ->
                Optional.of(new Command.Rollback(
                        location,
                        Locations.identifier(rollback.identifier()),
                        Optional.ofNullable(rollback.STRING()).map(text -> Locations.string(text.getSymbol()))));
            case UnsetStatementContext unset ->
                Optional.of(new Command.Unset(location, PropertyBuilder.key(unset.key)));
            case UpdateStatementContext update ->
                Optional.of(new Command.Change(location, "UPDATE", Locations.identifier(update.identifier())));
            case DeleteStatementContext delete ->
                Optional.of(new Command.Change(location, "DELETE", Locations.identifier(delete.identifier())));
            case AlterStatementContext alter ->
                Optional.of(new Command.Change(location, "ALTER", Locations.identifier(alter.identifier())));
            default -> throw new IllegalStateException("no builder for " + node.getClass());
        };
    }

    static ObjectKind kind(ObjectKindContext node) {
        return node.TABLE() == null ? ObjectKind.STREAM : ObjectKind.TABLE;
    }

    private static Optional<Identifier> optional(@Nullable IdentifierContext node) {
        return Optional.ofNullable(node).map(Locations::identifier);
    }

    private Optional<Statement> show(Location location, ShowStatementContext node) {
        Identifier word = Locations.identifier(node.word);
        Optional<Subject> subject = subject(word);
        if (subject.isEmpty()) {
            return Optional.empty();
        }
        Optional<Identifier> name = node.name == null ? optional(node.object) : optional(node.name);
        Optional<String> like = Optional.ofNullable(node.STRING()).map(text -> Locations.string(text.getSymbol()));
        if (needsName(subject.get()) && name.isEmpty()) {
            problems.add(
                    ProblemCode.SYNTAX,
                    word.location(),
                    "SHOW " + subject.get() + " needs a name",
                    "SHOW " + subject.get() + " name;");
            return Optional.empty();
        }
        return Optional.of(new Command.Show(location, subject.get(), name, like));
    }

    private static boolean needsName(Subject subject) {
        return subject == Subject.SCHEMA
                || subject == Subject.PROPERTIES
                || subject == Subject.PARTITIONS
                || subject == Subject.VERSIONS;
    }

    private Optional<Subject> subject(Identifier word) {
        String name = word.name().toUpperCase(Locale.ROOT);
        for (Subject subject : Subject.values()) {
            if (subject.name().equals(name)) {
                return Optional.of(subject);
            }
        }
        Optional<Subject> other = Optional.ofNullable(OTHER_WORDS.get(name));
        if (other.isEmpty()) {
            List<String> words = new ArrayList<>(
                    Arrays.stream(Subject.values()).map(Enum::name).toList());
            problems.add(
                    ProblemCode.UNKNOWN_WORD,
                    word.location(),
                    "there is no SHOW " + name + NearestName.suggestion(name, words),
                    "SHOW takes " + String.join(", ", words));
        }
        return other;
    }

    private Strategy strategy(DeployJobContext node) {
        if (node.STRATEGY() == null) {
            return new Strategy.BlueGreen();
        }
        Identifier word = Locations.identifier(node.identifier(1));
        Optional<Integer> percent = Optional.ofNullable(node.INTEGER_VALUE())
                .map(digits -> digits.getText().length() > 3 ? 1000 : Integer.parseInt(digits.getText()));
        String name = word.name().toUpperCase(Locale.ROOT);
        if (!name.equals("CANARY") && percent.isPresent()) {
            problems.add(
                    ProblemCode.SYNTAX,
                    word.location(),
                    "STRATEGY " + name + " takes no percentage",
                    "only CANARY does, as in STRATEGY CANARY(10)");
        }
        return switch (name) {
            case "BLUE_GREEN" -> new Strategy.BlueGreen();
            case "ROLLING" -> new Strategy.Rolling();
            case "REPLACE" -> new Strategy.Replace();
            case "CANARY" -> canary(word, percent);
            default -> {
                problems.add(
                        ProblemCode.UNKNOWN_WORD,
                        word.location(),
                        "unknown strategy `" + word.name() + "`" + NearestName.suggestion(word.name(), STRATEGIES),
                        "it is one of " + String.join(", ", STRATEGIES));
                yield new Strategy.BlueGreen();
            }
        };
    }

    private Strategy canary(Identifier word, Optional<Integer> percent) {
        if (percent.isEmpty() || percent.get() < 1 || percent.get() > 99) {
            problems.add(
                    ProblemCode.UNKNOWN_WORD,
                    word.location(),
                    "CANARY needs a percentage from 1 to 99",
                    "STRATEGY CANARY(10)");
            return new Strategy.BlueGreen();
        }
        return new Strategy.Canary(percent.get());
    }
}
