package io.velostream.engine.admin;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.smallrye.common.annotation.Blocking;
import io.velostream.engine.EngineVersion;
import io.velostream.engine.admin.access.AdminOnly;
import io.velostream.engine.admin.problem.Problem;
import io.velostream.engine.admin.problem.ProblemException;
import io.velostream.engine.pod.PodEnvironment;
import io.velostream.engine.stats.history.MetricsHistory;
import io.velostream.engine.stats.history.Point;
import io.velostream.engine.stats.history.SeriesName;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.jboss.resteasy.reactive.RestQuery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The metrics of the past days (runbook, “Weekly Maintenance” and “Backup Procedures”). */
@Path("/admin/metrics")
@AdminOnly
@SecurityRequirement(name = ApiDocument.TOKEN)
@Blocking
@Produces(MediaType.APPLICATION_JSON)
public class MetricsHistoryResource {

    private static final Logger LOG = LoggerFactory.getLogger(MetricsHistoryResource.class);
    private static final JsonFactory JSON = new JsonFactory();
    private static final int MOST_DAYS = 366;

    private final MetricsHistory history;
    private final PodEnvironment environment;
    private final Clock clock;

    MetricsHistoryResource(MetricsHistory history, PodEnvironment environment, Clock clock) {
        this.history = history;
        this.environment = environment;
        this.clock = clock;
    }

    /** Every series, sent one after the other. */
    @GET
    @Path("export")
    @Operation(
            summary = "The metrics of the past days as JSON",
            description =
                    "{\"pod\", \"version\", \"from\", \"to\", \"retention_days\", \"series\": [{\"name\", \"labels\","
                            + " \"kind\", \"columns\", \"points\": [[…]]}]}. Points of a gauge are [epoch seconds, width in"
                            + " seconds, least, mean, largest], of a counter [epoch seconds, width in seconds, growth]. The newest"
                            + " day comes by minutes, the newest week by ten minutes, what is older by hours.")
    @APIResponse(
            responseCode = "200",
            description = "The metrics, sent as they are read",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema =
                                    @Schema(
                                            type =
                                                    org.eclipse.microprofile.openapi.annotations.enums.SchemaType
                                                            .OBJECT)))
    public StreamingOutput export(
            @RestQuery @DefaultValue("30") String days, @RestQuery @DefaultValue("") String metric) {
        Duration stretch = Duration.ofDays(days(days));
        return out -> write(stretch, metric, out);
    }

    private void write(Duration stretch, String metric, OutputStream out) throws IOException {
        Instant to = clock.instant();
        Instant from = to.minus(stretch);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("pod", environment.podName());
            json.writeStringField("version", EngineVersion.current());
            json.writeStringField("from", from.toString());
            json.writeStringField("to", to.toString());
            json.writeNumberField("retention_days", history.retention().toDays());
            json.writeArrayFieldStart("series");
            for (SeriesName name : history.names()) {
                if (metric.isEmpty() || name.metric().equals(metric)) {
                    write(name, history.points(name, from.toEpochMilli(), to.toEpochMilli()), json);
                }
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private static void write(SeriesName name, List<Point> points, JsonGenerator json) throws IOException {
        boolean gauge = name.kind() == SeriesName.Kind.GAUGE;
        json.writeStartObject();
        json.writeStringField("name", name.metric());
        json.writeObjectFieldStart("labels");
        for (Map.Entry<String, String> label : new TreeMap<>(name.labels()).entrySet()) {
            json.writeStringField(label.getKey(), label.getValue());
        }
        json.writeEndObject();
        json.writeStringField("kind", gauge ? "gauge" : "counter");
        json.writeArrayFieldStart("columns");
        for (String column :
                gauge ? List.of("at", "seconds", "least", "mean", "largest") : List.of("at", "seconds", "growth")) {
            json.writeString(column);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("points");
        for (Point point : points) {
            json.writeStartArray();
            json.writeNumber(point.at() / 1000);
            json.writeNumber(point.seconds());
            if (gauge) {
                json.writeNumber(point.least());
            }
            json.writeNumber(point.mean());
            if (gauge) {
                json.writeNumber(point.largest());
            }
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static int days(String text) {
        if (text.matches("[0-9]{1,3}")) {
            int days = Integer.parseInt(text);
            if (days >= 1 && days <= MOST_DAYS) {
                return days;
            }
        }
        throw new ProblemException(
                Problem.of(400, "days is a whole number from 1 to " + MOST_DAYS + ", not '" + text + "'"));
    }

    /**
     * What was forgotten.
     *
     * @param before the moment
     */
    public record Cleanup(
            Instant before,
            @JsonProperty("points_removed") long pointsRemoved,
            @JsonProperty("series_removed") long seriesRemoved) {}

    /** Forgets what is older. */
    @POST
    @Path("cleanup")
    @Operation(
            summary = "Forget the metrics of before a time; older_than is a duration such as 7d or 12h",
            description = "What is older than the retention is forgotten without being asked.")
    @APIResponse(responseCode = "200", description = "Forgotten")
    @APIResponse(
            responseCode = "400",
            description = "older_than is missing or no duration",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Cleanup cleanup(@RestQuery("older_than") @DefaultValue("") String olderThan) {
        Duration age = DurationText.parse(olderThan)
                .orElseThrow(() -> new ProblemException(
                        Problem.of(400, "older_than is a duration such as 7d, 12h or 30m, not '" + olderThan + "'")));
        Instant before = clock.instant().minus(age);
        MetricsHistory.Forgotten forgotten = history.forget(before.toEpochMilli());
        LOG.info(
                "Metrics of before {} were forgotten: {} points and {} series",
                before,
                forgotten.points(),
                forgotten.series());
        try {
            history.save();
        } catch (IOException e) {
            throw new ProblemException(Problem.of(
                    500,
                    "The metrics were forgotten in memory, but the file of the history could not be written: "
                            + e.getMessage()));
        }
        return new Cleanup(before, forgotten.points(), forgotten.series());
    }
}
