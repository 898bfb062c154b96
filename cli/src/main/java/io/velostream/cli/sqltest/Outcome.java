package io.velostream.cli.sqltest;

import com.fasterxml.jackson.databind.JsonNode;
import io.velostream.engine.sql.analysis.SqlProblem;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What running a case came to. */
sealed interface Outcome {

    /**
     * The text ran.
     *
     * @param topics records by topic in the order in which they were written
     * @param metrics series with their values
     * @param result the rows that statements such as SHOW gave
     * @param jobs the state of each job
     */
    record Ran(
            Map<String, List<Output>> topics, Map<String, Double> metrics, List<JsonNode> result, List<JsonNode> jobs)
            implements Outcome {}

    /** The text was refused. */
    record Refused(List<SqlProblem> problems) implements Outcome {}

    /**
     * A record that came out.
     *
     * @param value the payload's text; empty is a tombstone
     */
    record Output(Optional<String> key, Optional<String> value, long timestamp, Map<String, String> headers) {}
}
