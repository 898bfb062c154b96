package io.velostream.engine.admin;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.Blocking;
import io.velostream.engine.adhoc.ReadEnd;
import io.velostream.engine.adhoc.ReadLimits;
import io.velostream.engine.adhoc.RowSink;
import io.velostream.engine.adhoc.SystemTables;
import io.velostream.engine.adhoc.TopicQuery;
import io.velostream.engine.admin.access.AdminOnly;
import io.velostream.engine.admin.problem.Problem;
import io.velostream.engine.admin.problem.ProblemException;
import io.velostream.engine.plan.Question;
import io.velostream.engine.plan.QuestionCompiler;
import io.velostream.engine.plan.physical.StagePlan;
import io.velostream.engine.sql.analysis.SqlProblem;
import io.velostream.engine.sql.tree.Command;
import io.velostream.engine.sql.tree.Identifier;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.jboss.resteasy.reactive.RestQuery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SQL that is asked once. Rows are sent as they are found, one JSON object a line; the last line tells how the answer
 * ended. A client that goes away ends the reading.
 */
@Singleton
@Path("/admin/sql")
@AdminOnly
@SecurityRequirement(name = ApiDocument.TOKEN)
@Blocking
public class SqlResource {

    /** One JSON object a line. */
    static final String NDJSON = "application/x-ndjson";

    private static final Logger LOG = LoggerFactory.getLogger(SqlResource.class);
    private static final int REFUSED = 422;
    private static final long MOST_ROWS = 1_000_000;
    private static final int AT_ONCE = 2;
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final QuestionCompiler compiler = new QuestionCompiler(SystemTables.DECLARATIONS);
    private final Semaphore running = new Semaphore(AT_ONCE);
    private final SystemTables system;
    private final TopicQuery topics;
    private final ObjectMapper json;

    SqlResource(SystemTables system, TopicQuery topics, ObjectMapper json) {
        this.system = system;
        this.topics = topics;
        this.json = json;
    }

    /** Answers one text. */
    @POST
    @Consumes({MediaType.TEXT_PLAIN, "application/sql"})
    @Produces(NDJSON)
    @Operation(
            summary = "Ask one SELECT, SHOW, DESCRIBE or EXPLAIN",
            description = "The body is the SQL: declarations, then what is asked. Rows come as they are found, one JSON"
                    + " object a line; the last line is {\"@end\": {\"rows\", \"failed\", \"reason\"}} with the reason"
                    + " complete, limit or timeout. FROM names a topic, a source that the text declares, or one of"
                    + " velo_jobs, velo_query_stats, velo_resources, velo_dead_letters and velo_circuit_breakers."
                    + " Two are answered at once.")
    @APIResponse(
            responseCode = "200",
            description = "The rows",
            content = @Content(mediaType = NDJSON, schema = @Schema(implementation = String.class)))
    @APIResponse(
            responseCode = "409",
            description = "The statement would change what runs, which the operator decides; the detail says how",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "422",
            description = "The SQL is refused; the member problems says where and why",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "429",
            description = "Two are being answered",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public StreamingOutput ask(
            @RestQuery @DefaultValue("1000") String limit,
            @RestQuery @DefaultValue("10s") String timeout,
            @RestQuery @DefaultValue("earliest") String from,
            @RequestBody(content = @Content(mediaType = MediaType.TEXT_PLAIN)) InputStream body) {
        ReadLimits limits = new ReadLimits(rows(limit), duration(timeout), latest(from));
        return switch (compiler.compile(read(body))) {
            case Question.Refused refused -> throw refused(refused.problems());
            case Question.Change change -> throw notHere(change.command());
            case Question.Answered answered -> out -> list(answered.rows(), limits.rows(), out);
            case Question.Jobs jobs -> ask(jobs(jobs.show()), limits);
            case Question.Select select -> ask(select, limits);
        };
    }

    private StreamingOutput ask(Question.Select select, ReadLimits asked) {
        ReadLimits limits = new ReadLimits(
                Math.min(asked.rows(), select.limit().orElse(Long.MAX_VALUE)), asked.timeout(), asked.latest());
        List<StagePlan> stages = select.stages();
        boolean ofSystem = stages.stream().anyMatch(system::answers);
        if (ofSystem && !stages.stream().allMatch(system::answers)) {
            throw new ProblemException(
                    Problem.of(REFUSED, "One SELECT reads either topics or system tables; ask one after the other"));
        }
        if (!ofSystem) {
            topics.problem(stages).ifPresent(problem -> {
                throw new ProblemException(Problem.of(REFUSED, problem));
            });
        }
        if (!running.tryAcquire()) {
            throw new ProblemException(
                    Problem.of(429, AT_ONCE + " SELECTs are being answered; ask again when one of them has ended"),
                    Map.of("Retry-After", "1"));
        }
        return out -> {
            try {
                RowSink sink = (bytes, offset, length) -> {
                    out.write(bytes, offset, length);
                    out.write('\n');
                };
                end(ofSystem ? system.run(stages, limits.rows(), sink) : topics.run(stages, limits, sink), out);
            } catch (IOException e) {
                LOG.info("Whoever asked a SELECT is gone, so it is read no further: {}", e.getMessage());
                throw e;
            } finally {
                running.release();
            }
        };
    }

    private Question.Select jobs(Command.Show show) {
        String name = show.name()
                .map(wanted -> " AND UPPER(name) = UPPER(" + quoted(wanted.name()) + ")")
                .orElse("");
        String like = show.like()
                .map(pattern -> " AND UPPER(name) LIKE UPPER(" + quoted(pattern) + ")")
                .orElse("");
        return (Question.Select) compiler.compile(
                "SELECT name AS job, state AS status FROM velo_jobs WHERE name IS NOT NULL" + name + like);
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private void list(List<Map<String, Object>> rows, long limit, OutputStream out) throws IOException {
        long sent = 0;
        for (Map<String, Object> row : rows) {
            if (sent == limit) {
                break;
            }
            out.write(json.writeValueAsBytes(row));
            out.write('\n');
            sent++;
        }
        end(new ReadEnd(sent, 0, sent < rows.size() ? ReadEnd.Reason.LIMIT : ReadEnd.Reason.COMPLETE), out);
    }

    private void end(ReadEnd end, OutputStream out) throws IOException {
        Map<String, Object> told = Map.of(
                "rows", end.rows(),
                "failed", end.failed(),
                "reason", end.reason().name().toLowerCase(Locale.ROOT));
        out.write(json.writeValueAsBytes(Map.of("@end", told)));
        out.write('\n');
        out.flush();
    }

    private static ProblemException refused(List<SqlProblem> problems) {
        SqlProblem first = problems.stream()
                .filter(each -> each.severity() == SqlProblem.Severity.ERROR)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("A text was refused without a reason"));
        return new ProblemException(Problem.of(
                REFUSED,
                "refused-sql",
                "%d:%d: %s".formatted(first.line(), first.column(), first.message()),
                Map.of("problems", problems, "line", first.line(), "column", first.column())));
    }

    /** A pod runs what its documents say; who changes it here alone would be overruled by the operator's next one. */
    private static ProblemException notHere(Command command) {
        String remedy = switch (command) {
            case Command.Control control ->
                "kubectl velo "
                        + switch (control.verb()) {
                            case STOP, TERMINATE -> "stop";
                            case PAUSE -> "suspend";
                            case RESUME -> "resume";
                        }
                        + " " + control.name().map(Identifier::name).orElse("JOB");
            case Command.Rollback rollback ->
                "kubectl apply the VeloStreamJob " + rollback.name().name() + " with its former text";
            case Command.Drop drop ->
                "kubectl delete velostreamjob " + drop.name().name();
            default -> "kubectl apply a VeloStreamJob with the new text; velo diff says what it keeps";
        };
        return new ProblemException(Problem.of(
                409,
                "The operator decides what runs in a pod, so that a change outlives it and holds for all pods: "
                        + remedy));
    }

    private static String read(InputStream body) {
        try {
            byte[] text = body.readNBytes(RequestLimits.LARGEST_BODY + 1);
            if (text.length > RequestLimits.LARGEST_BODY) {
                throw new ProblemException(RequestLimits.tooLarge());
            }
            return new String(text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ProblemException(Problem.of(400, "The body could not be read: " + e.getMessage()));
        }
    }

    private static long rows(String text) {
        if (text.matches("[1-9][0-9]{0,6}") && Long.parseLong(text) <= MOST_ROWS) {
            return Long.parseLong(text);
        }
        throw new ProblemException(Problem.of(400, "limit=" + text + " is not allowed, allowed: 1 to " + MOST_ROWS));
    }

    private static Duration duration(String text) {
        Optional<Duration> parsed = DurationText.parse(text);
        if (parsed.isEmpty() || parsed.get().isZero() || parsed.get().compareTo(LONGEST) > 0) {
            throw new ProblemException(
                    Problem.of(400, "timeout=" + text + " is not allowed, allowed: up to 5m, such as 10s or 500ms"));
        }
        return parsed.get();
    }

    private static boolean latest(String from) {
        return switch (from) {
            case "earliest" -> false;
            case "latest" -> true;
            default ->
                throw new ProblemException(
                        Problem.of(400, "from=" + from + " is not allowed, allowed: earliest, latest"));
        };
    }
}
