package io.velostream.bench.system;

import io.velostream.bench.broker.ClientSettings;
import io.velostream.bench.query.QueryText;
import io.velostream.engine.job.JobDocument;
import io.velostream.engine.job.JobDocument.DeliveryGuarantee;
import io.velostream.engine.job.JobDocument.DesiredState;
import io.velostream.engine.job.JobDocument.ErrorHandling;
import io.velostream.engine.job.JobDocument.ErrorStrategy;
import io.velostream.engine.job.JobDocument.StartFrom;
import io.velostream.engine.job.JobDocument.StartType;
import io.velostream.engine.job.JobDocument.TopicDefaults;
import io.velostream.engine.job.JobDocument.Watermark;
import io.velostream.engine.job.JobRegistry.Applied;
import io.velostream.engine.job.JobStatus;
import io.velostream.engine.job.JobStatus.JobState;
import io.velostream.engine.job.PodSettings;
import io.velostream.engine.job.StreamsJobRegistry;
import io.velostream.engine.plan.SqlCompiler;
import io.velostream.engine.runtime.operator.StageCompiler;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Velostream itself: the query's SQL text run by the job registry of a pod, as the engine's server does. */
final class VelostreamEngine implements Engine {
    private static final String JOB = "bench";
    private static final int STATUS_MILLIS = 500;
    private static final int WATERMARK_IDLE_MILLIS = 30_000;

    @Override
    public AutoCloseable start(Assignment assignment, FailureListener onFailure) {
        StreamsJobRegistry registry =
                new StreamsJobRegistry(pod(assignment), new SqlCompiler()::compile, new StageCompiler()::compile);
        if (registry.apply(document(assignment)) instanceof Applied.Refused refused) {
            throw new IllegalStateException("The SQL of " + assignment.query().id() + " was refused: "
                    + refused.status().problems());
        }
        Thread.ofPlatform().daemon().name("status").start(() -> watch(registry, onFailure));
        return registry;
    }

    /** A failed job would otherwise be noticed only when the run's time is up. */
    private static void watch(StreamsJobRegistry registry, FailureListener onFailure) {
        try {
            while (true) {
                Optional<JobStatus> status = registry.status(JOB);
                if (status.isPresent() && status.get().state() == JobState.FAILED) {
                    onFailure.failed(new IllegalStateException(String.valueOf(status.get())));
                }
                Thread.sleep(STATUS_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static PodSettings pod(Assignment assignment) {
        Map<String, String> consumer = new TreeMap<>(ClientSettings.consumer());
        // Kafka Streams sets these itself and refuses or warns about others' values.
        consumer.keySet().removeAll(List.of("isolation.level", "group.protocol", "auto.offset.reset"));
        return new PodSettings(
                "bench-0",
                0,
                assignment.work(),
                1,
                true,
                Map.of("bootstrap.servers", assignment.bootstrap()),
                consumer,
                ClientSettings.producer());
    }

    private static JobDocument document(Assignment assignment) {
        String sql = QueryText.load(
                "queries",
                assignment.query(),
                Map.of(
                        "bootstrap", assignment.bootstrap(),
                        "input", assignment.input(),
                        "side", assignment.side(),
                        "output", assignment.output()));
        return new JobDocument(
                "bench",
                JOB,
                "bench",
                1,
                1,
                sql,
                Map.of(),
                assignment.applicationId(),
                1,
                DesiredState.RUNNING,
                1,
                List.of(),
                Optional.of(1),
                0,
                DeliveryGuarantee.EXACTLY_ONCE,
                new StartFrom(StartType.EARLIEST, Optional.empty()),
                new ErrorHandling(ErrorStrategy.DEAD_LETTER, Optional.empty()),
                new Watermark(0, WATERMARK_IDLE_MILLIS),
                new TopicDefaults(true, assignment.query().partitions(), 1, Map.of()),
                Optional.empty());
    }
}
