package io.velostream.bench.nexmark.query;

import io.velostream.bench.nexmark.check.OutputCheck;
import io.velostream.bench.nexmark.job.InMemoryJob.Row;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Compares what a job wrote with what a query must write. */
public final class Verification {

    private Verification() {}

    /** The differences; empty when all rows are right. A query that must write nothing at all proves nothing and fails too. */
    public static List<String> problems(Map<String, OutputCheck> checks, Map<String, List<Row>> outputs) {
        List<String> problems = new ArrayList<>();
        checks.forEach((topic, check) -> {
            for (Row row : outputs.getOrDefault(topic, List.of())) {
                check.row(row.key() == null ? null : new String(row.key(), StandardCharsets.UTF_8), row.value());
            }
            if (check.expected() == 0) {
                problems.add(topic + ": these events lead to no row, so nothing is verified");
            }
            check.problems().forEach(problem -> problems.add(topic + ": " + problem));
        });
        outputs.forEach((topic, rows) -> {
            if (topic.endsWith(".dlq")) {
                problems.add(rows.size() + " records failed, such as "
                        + new String(rows.getFirst().value(), StandardCharsets.UTF_8));
            }
        });
        return problems;
    }
}
