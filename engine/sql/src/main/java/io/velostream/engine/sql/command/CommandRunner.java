package io.velostream.engine.sql.command;

import io.velostream.engine.sql.tree.Command;
import io.velostream.engine.sql.tree.Command.Subject;
import io.velostream.engine.sql.tree.Identifier;
import io.velostream.engine.sql.tree.Statement.ObjectKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Answers commands from a catalogue. Names in them have been checked before. */
public final class CommandRunner {

    private final ScriptCatalogue catalogue;

    /** Answers from this catalogue. */
    public CommandRunner(ScriptCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** The rows of SHOW. */
    public List<Map<String, Object>> show(Command.Show show) {
        Stream<Map<String, Object>> rows = switch (show.subject()) {
            case STREAMS -> objects(ObjectKind.STREAM).map(name -> CommandAnswer.row("stream", name));
            case TABLES -> objects(ObjectKind.TABLE).map(name -> CommandAnswer.row("table", name));
            case TOPICS -> topics().map(topic -> CommandAnswer.row("topic", topic));
            case FUNCTIONS ->
                new TreeSet<>(catalogue.functions()).stream().map(function -> CommandAnswer.row("function", function));
            case JOBS, STATUS -> jobs(show.name());
            case VERSIONS -> versions(show.name().orElseThrow());
            case METRICS -> metrics(show.name());
            case SCHEMA -> columns(show.name().orElseThrow()).stream();
            case PROPERTIES -> properties(show.name().orElseThrow());
            case VARIABLES ->
                catalogue.variables().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(each -> CommandAnswer.row("variable", each.getKey(), "value", each.getValue()));
            case PARTITIONS -> Stream.empty();
        };
        return show.like()
                .map(pattern -> rows.filter(row -> LikePattern.matches(pattern, firstValue(row)))
                        .toList())
                .orElseGet(rows::toList);
    }

    /** The columns of an object, as DESCRIBE and SHOW SCHEMA give them. */
    public List<Map<String, Object>> columns(Identifier name) {
        return object(name).columns().stream()
                .map(column -> CommandAnswer.row(
                        "column", column.name(), "type", column.type().toString()))
                .toList();
    }

    /** The statement that made an object. */
    public List<Map<String, Object>> createText(Identifier name) {
        return List.of(CommandAnswer.row("statement", object(name).text() + ";"));
    }

    /** A text as rows of one column. */
    public static List<Map<String, Object>> lines(String column, String text) {
        return text.lines().map(line -> CommandAnswer.row(column, line)).toList();
    }

    private static String firstValue(Map<String, Object> row) {
        return row.values().iterator().next().toString();
    }

    private Stream<String> objects(ObjectKind kind) {
        return catalogue.objects().stream().filter(each -> each.kind() == kind).map(ScriptObject::name);
    }

    private Stream<String> topics() {
        return catalogue.objects().stream().map(ScriptObject::topic).distinct().sorted();
    }

    private ScriptObject object(Identifier name) {
        return catalogue
                .object(name.name())
                .orElseThrow(() -> new IllegalArgumentException("There is no object " + name.name() + "."));
    }

    private Stream<Map<String, Object>> jobs(Optional<Identifier> name) {
        return catalogue.jobs().stream()
                .filter(job -> name.map(wanted -> wanted.name().equalsIgnoreCase(job.name()))
                        .orElse(true))
                .map(job -> CommandAnswer.row(
                        "job", job.name(), "status", job.status().text()));
    }

    private Stream<Map<String, Object>> versions(Identifier name) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (ScriptJob job : catalogue.jobs()) {
            if (name.name().equalsIgnoreCase(job.name())) {
                job.versions()
                        .forEach(version -> rows.add(CommandAnswer.row(
                                "job", job.name(), "version", version, "active", version.equals(job.version()))));
            }
        }
        return rows.stream();
    }

    private Stream<Map<String, Object>> metrics(Optional<Identifier> name) {
        return catalogue.metrics().stream()
                .filter(metric -> name.map(wanted -> wanted.name().equalsIgnoreCase(metric.job()))
                        .orElse(true))
                .map(metric ->
                        CommandAnswer.row("metric", metric.metric(), "type", metric.type(), "job", metric.job()));
    }

    private Stream<Map<String, Object>> properties(Identifier name) {
        ScriptObject object = object(name);
        return Stream.concat(
                        Stream.of(
                                new ScriptObject.Setting("topic", object.topic()),
                                new ScriptObject.Setting("format", object.format())),
                        object.settings().stream())
                .map(setting -> CommandAnswer.row("property", setting.name(), "value", setting.value()));
    }

    /** Whether SHOW of this subject can be answered from a text alone. */
    public static boolean isAnswerable(Subject subject) {
        return subject != Subject.PARTITIONS;
    }
}
