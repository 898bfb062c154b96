package io.velostream.cli.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.velostream.engine.adhoc.ReadEnd;
import io.velostream.engine.adhoc.ReadLimits;
import io.velostream.engine.adhoc.TopicQuery;
import io.velostream.engine.plan.Question;
import io.velostream.engine.plan.QuestionCompiler;
import io.velostream.engine.sql.tree.DurationText;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** Reads topics of a broker in this process, without an engine. */
final class BrokerAsker implements SqlAsker {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final QuestionCompiler compiler = new QuestionCompiler("");
    private final TopicQuery topics;

    BrokerAsker(String bootstrapServers) {
        this.topics = new TopicQuery(Map.of("bootstrap.servers", bootstrapServers));
    }

    @Override
    public End ask(String sql, Limits limits, Rows rows) throws IOException {
        return switch (compiler.compile(sql)) {
            case Question.Refused refused -> throw new SqlRefusedException(SqlProblemText.of(sql, refused.problems()));
            case Question.Jobs _, Question.Change _ ->
                throw new SqlRefusedException("A broker knows no jobs; ask an engine with --url");
            case Question.Answered answered -> {
                for (Map<String, Object> row : answered.rows()) {
                    rows.row(JSON.valueToTree(row));
                }
                yield new End(answered.rows().size(), 0, "complete");
            }
            case Question.Select select -> read(select, limits, rows);
        };
    }

    private End read(Question.Select select, Limits limits, Rows rows) throws IOException {
        Duration timeout = DurationText.withUnit(limits.timeout())
                .filter(each -> !each.isNegative() && !each.isZero())
                .orElseThrow(() -> new SqlRefusedException(
                        "--timeout " + limits.timeout() + " is no duration; write for example 10s or 5m"));
        topics.problem(select.stages()).ifPresent(problem -> {
            throw new SqlRefusedException(problem);
        });
        ReadEnd end = topics.run(
                select.stages(),
                new ReadLimits(
                        Math.min(limits.rows(), select.limit().orElse(Long.MAX_VALUE)), timeout, limits.latest()),
                (bytes, from, length) -> {
                    JsonNode row = JSON.readTree(bytes, from, length);
                    rows.row(
                            row.isObject()
                                    ? (ObjectNode) row
                                    : JSON.createObjectNode().set("value", row));
                });
        return new End(end.rows(), end.failed(), end.reason().name().toLowerCase(Locale.ROOT));
    }
}
