package io.velostream.bench.system;

import io.velostream.bench.query.BenchQuery;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The systems that are compared, by their names in results. */
public enum SystemUnderTest {
    VELOSTREAM("velostream", false),
    KAFKA_STREAMS("kafka-streams", false),
    FLINK_SQL("flink-sql", false),
    FLINK_SQL_MINIBATCH("flink-sql-minibatch", true),
    CEILING("ceiling", false);

    private final String id;
    private final boolean coalesces;

    SystemUnderTest(String id, boolean coalesces) {
        this.id = id;
        this.coalesces = coalesces;
    }

    /** The name on the command line and in results. */
    public String id() {
        return id;
    }

    /** Whether it writes several updates of a group as one, so that its row count cannot equal the others'. */
    public boolean coalesces() {
        return coalesces;
    }

    /** Whether this system has a variant of its own for the query: mini-batches matter to continuous aggregates only. */
    public boolean runs(BenchQuery query) {
        return !coalesces || query == BenchQuery.Q3 || query == BenchQuery.Q3R;
    }

    Engine engine() {
        return switch (this) {
            case VELOSTREAM -> new VelostreamEngine();
            case KAFKA_STREAMS -> new StreamsEngine();
            case FLINK_SQL -> new FlinkEngine(false);
            case FLINK_SQL_MINIBATCH -> new FlinkEngine(true);
            case CEILING -> new CeilingEngine();
        };
    }

    /** A folder of the build with jars that replace other versions on this system's class path. */
    public Optional<String> libraries() {
        return this == FLINK_SQL || this == FLINK_SQL_MINIBATCH ? Optional.of("flink-lib") : Optional.empty();
    }

    /** JVM flags that this system cannot do without. */
    public List<String> flags() {
        return this == FLINK_SQL || this == FLINK_SQL_MINIBATCH ? FlinkEngine.FLAGS : List.of();
    }

    /** The system with this name, in any case. */
    public static Optional<SystemUnderTest> find(String id) {
        return Arrays.stream(values()).filter(s -> s.id.equalsIgnoreCase(id)).findFirst();
    }

    /** All names, for messages. */
    public static String names() {
        return Arrays.stream(values()).map(SystemUnderTest::id).collect(Collectors.joining(", "));
    }
}
