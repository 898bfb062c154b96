package io.velostream.bench.system;

import io.velostream.bench.query.BenchQuery;
import java.nio.file.Path;
import java.util.List;

/**
 * What one process of a system under test has to do.
 *
 * @param query the query to run
 * @param bootstrap the broker's address
 * @param input topic of the orders
 * @param side topic of what the query reads beside the orders; empty when there is nothing
 * @param output topic of the results; it exists
 * @param applicationId names consumer group, transactions and internal topics; unique to the run
 * @param work a directory for state, deleted after the run
 */
public record Assignment(
        BenchQuery query, String bootstrap, String input, String side, String output, String applicationId, Path work) {

    /** As arguments of the process. */
    public List<String> toArguments() {
        return List.of(query.id(), bootstrap, input, side, output, applicationId, work.toString());
    }

    /** Reads {@link #toArguments}, from this position on. */
    static Assignment from(String[] arguments, int position) {
        return new Assignment(
                BenchQuery.find(arguments[position]).orElseThrow(),
                arguments[position + 1],
                arguments[position + 2],
                arguments[position + 3],
                arguments[position + 4],
                arguments[position + 5],
                Path.of(arguments[position + 6]));
    }
}
