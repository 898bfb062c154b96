package io.velostream.engine.sql.analysis;

import io.velostream.engine.sql.command.ScriptJob;
import io.velostream.engine.sql.command.ScriptJob.Status;
import io.velostream.engine.sql.tree.Command;
import io.velostream.engine.sql.tree.Identifier;
import io.velostream.engine.sql.tree.Statement;
import io.velostream.engine.sql.tree.Statement.ObjectKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the statements of a text come to when each is applied after the one before: an object that is dropped is gone, a
 * job that is deployed again runs its newest version, one that is rolled back an older one.
 */
final class ScriptLedger {

    private static final String FIRST_VERSION = "1";

    private final Problems problems;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private int inserts;

    ScriptLedger(Problems problems) {
        this.problems = problems;
    }

    /**
     * A statement that makes an object or a job.
     *
     * @param index place among the statements that could be read
     * @param ordinal place in the text
     * @param variables their values at that place
     */
    record Version(Statement statement, int index, int ordinal, Map<String, String> variables) {}

    /**
     * An object or a job.
     *
     * @param versions by their names, oldest first
     * @param current the name of the version in force
     */
    record Entry(Identifier name, Map<String, Version> versions, String current, Status status) {

        Version version() {
            return Objects.requireNonNull(versions.get(current));
        }

        Statement statement() {
            return version().statement();
        }

        boolean isQuery() {
            return !(statement() instanceof Statement.Declare);
        }

        /** Whether it is a stream or table with a name of its own. */
        boolean isObject() {
            return statement() instanceof Statement.Declare || statement() instanceof Statement.CreateAs;
        }

        private Entry with(Status changed) {
            return new Entry(name, versions, current, changed);
        }

        private Entry at(String version) {
            return new Entry(name, versions, version, status);
        }
    }

    /** What is there now, in the order in which it was made. */
    List<Entry> entries() {
        return List.copyOf(entries.values());
    }

    /** A new object. */
    void create(Identifier name, Version version, Statement.Existing existing) {
        Entry earlier = entries.get(key(name));
        if (earlier == null || existing == Statement.Existing.REPLACE) {
            add(name, FIRST_VERSION, version);
        } else if (existing == Statement.Existing.REFUSE) {
            reportExisting(name, earlier);
        }
    }

    private void add(Identifier name, String versionName, Version version) {
        Map<String, Version> versions = new LinkedHashMap<>();
        versions.put(versionName, version);
        entries.put(key(name), new Entry(name, versions, versionName, Status.RUNNING));
    }

    private void reportExisting(Identifier name, Entry earlier) {
        problems.add(
                ProblemCode.DUPLICATE_NAME,
                name.location(),
                "`" + name.name() + "` already exists: it is created on line "
                        + earlier.name().location().line(),
                "choose another name, write CREATE OR REPLACE, or use INSERT INTO " + name.name() + " SELECT …");
    }

    /** INSERT INTO makes a query without a name of its own. */
    void insert(Identifier target, Version version) {
        inserts++;
        add(
                new Identifier(target.location(), "insert_" + inserts + "_into_" + target.name(), true),
                FIRST_VERSION,
                version);
    }

    /** DEPLOY JOB: a new job, or another version of one. */
    void deploy(Command.Deploy deploy, Version version) {
        Entry earlier = entries.get(key(deploy.name()));
        if (earlier == null) {
            add(deploy.name(), deploy.version(), version);
        } else if (!earlier.isQuery()) {
            reportExisting(deploy.name(), earlier);
        } else if (earlier.versions().containsKey(deploy.version())) {
            problems.add(
                    ProblemCode.DUPLICATE_NAME,
                    deploy.location(),
                    "version '" + deploy.version() + "' of job `"
                            + deploy.name().name() + "` already exists",
                    "give the new text a new version");
        } else {
            // The ledger alone holds the map; a copy for each version would make many of them slow.
            earlier.versions().put(deploy.version(), version);
            entries.put(
                    key(deploy.name()),
                    new Entry(deploy.name(), earlier.versions(), deploy.version(), earlier.status()));
        }
    }

    /** ROLLBACK JOB: the version before the one in force, or a named one. */
    void rollback(Command.Rollback rollback) {
        Optional<Entry> job = job(rollback.name(), "ROLLBACK JOB");
        if (job.isEmpty()) {
            return;
        }
        List<String> versions = List.copyOf(job.get().versions().keySet());
        int current = versions.indexOf(job.get().current());
        int wanted = rollback.version().map(versions::indexOf).orElse(current - 1);
        if (wanted < 0) {
            problems.add(
                    ProblemCode.UNKNOWN_RELATION,
                    rollback.name().location(),
                    rollback.version()
                            .map(version -> "job `" + rollback.name().name() + "` has no version '" + version + "'"
                                    + NearestName.suggestion(version, versions))
                            .orElse("job `" + rollback.name().name() + "` has no version before '"
                                    + job.get().current() + "'"),
                    "its versions are " + String.join(", ", versions));
            return;
        }
        entries.put(key(job.get().name()), job.get().at(versions.get(wanted)));
    }

    /** STOP, PAUSE, RESUME and TERMINATE. */
    void control(Command.Control control) {
        if (control.name().isEmpty()) {
            entries.replaceAll((key, entry) -> entry.isQuery() ? entry.with(Status.STOPPED) : entry);
            return;
        }
        Optional<Entry> job = job(control.name().get(), control.verb() + " JOB");
        if (job.isEmpty()) {
            return;
        }
        Status status = switch (control.verb()) {
            case STOP, TERMINATE -> Status.STOPPED;
            case PAUSE -> Status.PAUSED;
            case RESUME -> Status.RUNNING;
        };
        if (control.verb() == Command.Verb.RESUME && job.get().status() == Status.STOPPED) {
            problems.add(
                    ProblemCode.NOT_A_JOB,
                    control.location(),
                    "job `" + job.get().name().name() + "` is stopped, not paused, so it cannot be resumed",
                    "start it with START JOB " + job.get().name().name() + " AS SELECT …");
            return;
        }
        entries.put(key(job.get().name()), job.get().with(status));
    }

    private Optional<Entry> job(Identifier name, String command) {
        Optional<Entry> entry = Optional.ofNullable(entries.get(key(name))).filter(Entry::isQuery);
        if (entry.isEmpty()) {
            List<String> jobs = entries.values().stream()
                    .filter(Entry::isQuery)
                    .map(each -> each.name().name())
                    .toList();
            problems.add(
                    ProblemCode.UNKNOWN_RELATION,
                    name.location(),
                    command + ": there is no job `" + name.name() + "` in this text"
                            + NearestName.suggestion(name.name(), jobs),
                    jobs.isEmpty()
                            ? "a job of a cluster is controlled with velo sql --cluster URL or kubectl velo"
                            : "its jobs are " + String.join(", ", jobs));
        }
        return entry;
    }

    /** DROP. */
    void drop(Command.Drop drop) {
        Entry entry = entries.get(key(drop.name()));
        if (entry == null) {
            if (!drop.ifExists()) {
                List<String> names = entries.values().stream()
                        .map(each -> each.name().name())
                        .toList();
                problems.add(
                        ProblemCode.UNKNOWN_RELATION,
                        drop.name().location(),
                        "there is nothing named `" + drop.name().name() + "` to drop"
                                + NearestName.suggestion(drop.name().name(), names),
                        "write DROP … IF EXISTS where it may be missing");
            }
            return;
        }
        Optional<ObjectKind> actual = kindOf(entry);
        if (drop.kind().isPresent() && !drop.kind().equals(actual)) {
            problems.add(
                    ProblemCode.UNKNOWN_RELATION,
                    drop.name().location(),
                    "`" + drop.name().name() + "` is a "
                            + actual.map(Enum::name).orElse("job") + ", not a "
                            + drop.kind().get(),
                    "write DROP " + actual.map(Enum::name).orElse("JOB") + " "
                            + drop.name().name());
            return;
        }
        entries.remove(key(drop.name()));
    }

    private static Optional<ObjectKind> kindOf(Entry entry) {
        return switch (entry.statement()) {
            case Statement.Declare declare -> Optional.of(declare.kind());
            case Statement.CreateAs create -> Optional.of(create.kind());
            default -> Optional.empty();
        };
    }

    /** The jobs now. */
    List<ScriptJob> jobs(JobSettings settings) {
        List<ScriptJob> jobs = new ArrayList<>();
        for (Entry entry : entries.values()) {
            if (entry.isQuery()) {
                JobSettings.Settings own = settings.of(entry.version().ordinal());
                jobs.add(new ScriptJob(
                        entry.name().name(),
                        entry.status(),
                        own.mode(),
                        own.batchSize(),
                        List.copyOf(entry.versions().keySet()),
                        entry.current()));
            }
        }
        return jobs;
    }

    private static String key(Identifier name) {
        return RelationCatalogue.key(name.name());
    }
}
