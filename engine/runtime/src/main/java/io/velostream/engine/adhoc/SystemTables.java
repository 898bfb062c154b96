package io.velostream.engine.adhoc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.velostream.engine.breaker.BreakerView;
import io.velostream.engine.job.DeadLetterStatistics;
import io.velostream.engine.job.JobRegistry;
import io.velostream.engine.job.JobStatus;
import io.velostream.engine.job.StageStatistics;
import io.velostream.engine.plan.physical.StageInput;
import io.velostream.engine.plan.physical.StagePlan;
import io.velostream.engine.stats.PodStatistics;
import io.velostream.engine.stats.QueryPerformance;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the pod knows of itself as streams that a SELECT reads: {@code velo_jobs}, {@code velo_query_stats},
 * {@code velo_resources}, {@code velo_dead_letters} and {@code velo_circuit_breakers}. Each question sees one state of
 * them.
 */
public final class SystemTables {

    /** The tables as SQL declares them. */
    public static final String DECLARATIONS = """
        CREATE STREAM velo_jobs (name STRING, namespace STRING, state STRING, generation BIGINT, running_generation BIGINT,
          sequence BIGINT, queries BIGINT, records_processed BIGINT, records_failed BIGINT, records_per_second BIGINT,
          backlog BIGINT, in_flight BIGINT, reason STRING, last_error STRING) WITH ('topic' = 'velo_jobs');
        CREATE STREAM velo_query_stats (job STRING, query STRING, type STRING, records_in BIGINT, records_failed BIGINT,
          rows_out BIGINT, late_dropped BIGINT, late_processed BIGINT, backlog BIGINT, state_bytes BIGINT,
          state_groups BIGINT, avg_latency_ms DOUBLE, last_batch_ms DOUBLE, watermark BIGINT) WITH ('topic' = 'velo_query_stats');
        CREATE STREAM velo_resources (resource STRING, used DOUBLE, peak DOUBLE, unit STRING, percent DOUBLE)
          WITH ('topic' = 'velo_resources');
        CREATE STREAM velo_dead_letters (job STRING, query STRING, topic STRING, letters BIGINT, last_error_code STRING,
          last_error STRING, last_at BIGINT) WITH ('topic' = 'velo_dead_letters');
        CREATE STREAM velo_circuit_breakers (name STRING, kind STRING, job STRING, topic STRING, state STRING,
          since BIGINT, failures BIGINT, successes BIGINT, last_failure STRING, last_failure_at BIGINT)
          WITH ('topic' = 'velo_circuit_breakers');
        """;

    private static final Set<String> NAMES =
            Set.of("velo_jobs", "velo_query_stats", "velo_resources", "velo_dead_letters", "velo_circuit_breakers");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JobRegistry jobs;
    private final Supplier<PodStatistics> pod;

    /** The tables of the pod with these jobs. */
    public SystemTables(JobRegistry jobs, Supplier<PodStatistics> pod) {
        this.jobs = jobs;
        this.pod = pod;
    }

    /** Whether the stage reads one of the tables and no topic. */
    public boolean answers(StagePlan stage) {
        return NAMES.contains(name(stage));
    }

    private static String name(StagePlan stage) {
        return ((StageInput.Topic) stage.input()).source().topic();
    }

    /** Runs the stages one after the other. */
    public ReadEnd run(List<StagePlan> stages, long rows, RowSink sink) throws IOException {
        ReadEnd end = new ReadEnd(0, 0, ReadEnd.Reason.COMPLETE);
        for (StagePlan stage : stages) {
            StageRun run = new StageRun(stage, sink, rows - end.rows());
            List<ConsumerRecord<byte[], byte[]>> records = records(name(stage));
            boolean enough = !records.isEmpty() && run.process(records);
            end = end.and(run.end(ReadEnd.Reason.COMPLETE));
            if (enough) {
                break;
            }
        }
        return end;
    }

    private List<ConsumerRecord<byte[], byte[]>> records(String table) {
        List<Map<String, Object>> rows = switch (table) {
            case "velo_jobs" -> jobs.statuses().stream().map(SystemTables::job).toList();
            case "velo_query_stats" -> queries();
            case "velo_dead_letters" ->
                jobs.deadLetters().stream().map(SystemTables::deadLetters).toList();
            case "velo_circuit_breakers" ->
                jobs.breakers().views().stream().map(SystemTables::breaker).toList();
            default -> resources(pod.get());
        };
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (Map<String, Object> row : rows) {
            records.add(new ConsumerRecord<byte[], byte[]>(table, 0, records.size(), null, json(row)));
        }
        return records;
    }

    private static byte[] json(Map<String, Object> row) {
        try {
            return JSON.writeValueAsBytes(row);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A row of plain values could not be written as JSON", e);
        }
    }

    private static Map<String, Object> job(JobStatus job) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", job.name());
        row.put("namespace", job.namespace());
        row.put("state", job.state().name());
        row.put("generation", job.generation());
        row.put("running_generation", job.runningGeneration());
        row.put("sequence", job.sequence());
        row.put("queries", job.queries().size());
        row.put("records_processed", job.recordsProcessed());
        row.put("records_failed", job.recordsFailed());
        row.put("records_per_second", job.recordsPerSecond());
        row.put("backlog", job.backlog());
        row.put("in_flight", job.inFlight());
        job.reason().ifPresent(reason -> row.put("reason", reason.name()));
        job.lastError().ifPresent(error -> row.put("last_error", error));
        return row;
    }

    /** The stages of a query together: what comes in at its sources, what goes out at its sink, the state of all. */
    private List<Map<String, Object>> queries() {
        Map<List<String>, List<StageStatistics>> byQuery = new LinkedHashMap<>();
        jobs.statistics()
                .forEach(stage -> byQuery.computeIfAbsent(List.of(stage.job(), stage.query()), key -> new ArrayList<>())
                        .add(stage));
        return byQuery.values().stream().map(SystemTables::query).toList();
    }

    private static Map<String, Object> query(List<StageStatistics> stages) {
        StageStatistics any = stages.getFirst();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("job", any.job());
        row.put("query", any.query());
        row.put("type", any.queryType().name());
        row.put(
                "records_in",
                stages.stream()
                        .filter(StageStatistics::readsSource)
                        .mapToLong(StageStatistics::recordsIn)
                        .sum());
        row.put(
                "records_failed",
                stages.stream().mapToLong(StageStatistics::recordsFailed).sum());
        row.put(
                "rows_out",
                stages.stream()
                        .filter(StageStatistics::writesSink)
                        .mapToLong(StageStatistics::rowsOut)
                        .sum());
        row.put(
                "late_dropped",
                stages.stream().mapToLong(StageStatistics::lateDropped).sum());
        row.put(
                "late_processed",
                stages.stream().mapToLong(StageStatistics::lateProcessed).sum());
        row.put("backlog", stages.stream().mapToLong(StageStatistics::backlog).sum());
        row.put(
                "state_bytes",
                stages.stream().mapToLong(StageStatistics::stateBytes).sum());
        row.put(
                "state_groups",
                stages.stream().mapToLong(StageStatistics::stateGroups).sum());
        row.put("avg_latency_ms", QueryPerformance.of(stages).getFirst().avgLatencyMillis());
        row.put(
                "last_batch_ms",
                stages.stream().mapToLong(StageStatistics::lastBatchNanos).max().orElse(0) / 1e6);
        stages.stream()
                .map(StageStatistics::watermark)
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .min()
                .ifPresent(watermark -> row.put("watermark", watermark));
        return row;
    }

    private static Map<String, Object> deadLetters(DeadLetterStatistics letters) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("job", letters.job());
        row.put("query", letters.query());
        row.put("topic", letters.topic());
        row.put("letters", letters.count());
        letters.lastAt().ifPresent(at -> {
            row.put("last_error_code", letters.lastCode());
            row.put("last_error", letters.lastMessage());
            row.put("last_at", at);
        });
        return row;
    }

    private static Map<String, Object> breaker(BreakerView breaker) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", breaker.name());
        row.put("kind", breaker.dependency().kind().label());
        breaker.dependency().job().ifPresent(job -> row.put("job", job));
        breaker.dependency().topic().ifPresent(topic -> row.put("topic", topic));
        row.put("state", breaker.state().name());
        row.put("since", breaker.since().toEpochMilli());
        row.put("failures", breaker.failures());
        row.put("successes", breaker.successes());
        breaker.lastFailure().ifPresent(failure -> row.put("last_failure", failure));
        breaker.lastFailureAt().ifPresent(at -> row.put("last_failure_at", at.toEpochMilli()));
        return row;
    }

    private static List<Map<String, Object>> resources(PodStatistics now) {
        return List.of(
                resource("memory", now.memoryBytes(), now.memoryPeakBytes(), "bytes", now.memoryPercent()),
                resource("operator_memory", now.operatorBytes(), Double.NaN, "bytes", Double.NaN),
                resource("cpu", now.cpuPercent(), Double.NaN, "percent", now.cpuPercent()));
    }

    /** What is not known is not a number, and left out. */
    private static Map<String, Object> resource(String name, double used, double peak, String unit, double percent) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("resource", name);
        row.put("used", used);
        if (!Double.isNaN(peak)) {
            row.put("peak", peak);
        }
        row.put("unit", unit);
        if (!Double.isNaN(percent)) {
            row.put("percent", percent);
        }
        return row;
    }
}
