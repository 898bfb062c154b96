package io.velostream.cli.sql;

import com.fasterxml.jackson.databind.JsonNode;
import io.velostream.engine.sql.analysis.SqlProblem;
import io.velostream.engine.sql.analysis.SqlProblem.Severity;
import io.velostream.engine.sql.analysis.SqlProblemRenderer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Problems of a text that was typed in, each with its place underlined. */
final class SqlProblemText {

    private SqlProblemText() {}

    static String of(String sql, List<SqlProblem> problems) {
        return problems.stream()
                .map(problem -> SqlProblemRenderer.render("sql", sql, problem))
                .collect(Collectors.joining("\n"));
    }

    /** The same from the members of a problem document. */
    static String of(String sql, JsonNode problems) {
        List<SqlProblem> read = new ArrayList<>();
        for (JsonNode each : problems) {
            read.add(new SqlProblem(
                    "WARNING".equals(each.path("severity").asText()) ? Severity.WARNING : Severity.ERROR,
                    each.path("code").asText(),
                    each.path("line").asInt(1),
                    each.path("column").asInt(1),
                    each.path("length").asInt(1),
                    each.path("message").asText(),
                    Optional.ofNullable(each.path("hint").textValue())));
        }
        return of(sql, read);
    }
}
