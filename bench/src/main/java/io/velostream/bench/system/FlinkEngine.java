package io.velostream.bench.system;

import io.velostream.bench.broker.ClientSettings;
import io.velostream.bench.query.QueryText;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableResult;

/**
 * Flink SQL on a mini cluster in this process: one slot, object reuse, state on the heap, a checkpoint each second, Kafka
 * sinks with transactions. With mini-batches, updates of a second are aggregated before the state is touched.
 */
final class FlinkEngine implements Engine {
    /** What Flink's own start scripts open for it on JDK 17 and later. */
    static final List<String> FLAGS = List.of(
            "--add-exports=java.rmi/sun.rmi.registry=ALL-UNNAMED",
            "--add-exports=java.security.jgss/sun.security.krb5=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.net=ALL-UNNAMED",
            "--add-opens=java.base/java.io=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/java.text=ALL-UNNAMED",
            "--add-opens=java.base/java.time=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent.locks=ALL-UNNAMED");

    private static final Duration CANCEL = Duration.ofSeconds(10);

    private final boolean miniBatch;

    FlinkEngine(boolean miniBatch) {
        this.miniBatch = miniBatch;
    }

    @Override
    public AutoCloseable start(Assignment assignment, FailureListener onFailure) throws Exception {
        TableEnvironment environment = TableEnvironment.create(EnvironmentSettings.newInstance()
                .inStreamingMode()
                .withConfiguration(configuration(assignment))
                .build());
        TableResult last = null;
        for (String statement :
                QueryText.load("flink", assignment.query(), values(assignment)).split(";")) {
            if (!statement.isBlank()) {
                last = environment.executeSql(statement);
            }
        }
        JobClient job = last == null ? null : last.getJobClient().orElse(null);
        if (job == null) {
            throw new IllegalStateException("The text of " + assignment.query().id() + " starts no job");
        }
        job.getJobExecutionResult().whenComplete((result, failure) -> {
            onFailure.failed(failure == null ? new IllegalStateException("The job ended by itself") : failure);
        });
        return () -> job.cancel().get(CANCEL.toSeconds(), TimeUnit.SECONDS);
    }

    private Configuration configuration(Assignment assignment) {
        Map<String, String> options = new HashMap<>();
        options.put("execution.target", "local");
        options.put("parallelism.default", "1");
        options.put("taskmanager.numberOfTaskSlots", "1");
        options.put("pipeline.object-reuse", "true");
        options.put("execution.checkpointing.interval", ClientSettings.COMMIT_MILLIS + " ms");
        options.put("execution.checkpointing.mode", "EXACTLY_ONCE");
        options.put("execution.checkpointing.storage", "filesystem");
        options.put(
                "execution.checkpointing.dir",
                assignment.work().resolve("checkpoints").toUri().toString());
        options.put("state.backend.type", "hashmap");
        options.put("table.local-time-zone", "UTC");
        options.put("restart-strategy.type", "disable");
        options.put("io.tmp.dirs", assignment.work().toString());
        if (miniBatch) {
            options.put("table.exec.mini-batch.enabled", "true");
            options.put("table.exec.mini-batch.allow-latency", ClientSettings.COMMIT_MILLIS + " ms");
            options.put("table.exec.mini-batch.size", "50000");
        }
        return Configuration.fromMap(options);
    }

    private static Map<String, String> values(Assignment assignment) {
        Map<String, String> clients = new TreeMap<>();
        ClientSettings.consumer().forEach((key, value) -> {
            // The connector's own reader decides on partitions and offsets; it is no member of a group.
            if (!key.equals("group.protocol") && !key.equals("auto.offset.reset")) {
                clients.put(key, value);
            }
        });
        return Map.of(
                "bootstrap", assignment.bootstrap(),
                "input", assignment.input(),
                "side", assignment.side(),
                "output", assignment.output(),
                "application", assignment.applicationId(),
                "consumer", properties(clients),
                "producer", properties(new TreeMap<>(ClientSettings.producer())));
    }

    private static String properties(Map<String, String> clients) {
        return clients.entrySet().stream()
                .map(e -> "'properties." + e.getKey() + "' = '" + e.getValue() + "'")
                .collect(Collectors.joining(",\n  "));
    }
}
