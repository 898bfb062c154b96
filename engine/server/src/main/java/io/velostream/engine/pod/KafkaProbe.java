package io.velostream.engine.pod;

import io.quarkus.runtime.StartupEvent;
import io.velostream.engine.config.EngineConfig;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Kafka in the background whether it is there, so that {@code /ready} answers at once and a thousand probes cost
 * one question. Says once that Kafka went away and once that it came back.
 */
@Singleton
public class KafkaProbe {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaProbe.class);
    private static final Duration INTERVAL = Duration.ofSeconds(3);
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final EngineConfig.Kafka kafka;
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("kafka-probe").factory());
    private volatile State state = State.UNKNOWN;
    private @Nullable Admin admin;

    private enum State {
        UNKNOWN,
        REACHABLE,
        UNREACHABLE
    }

    KafkaProbe(EngineConfig config) {
        this.kafka = config.kafka();
    }

    void start(@Observes StartupEvent started) {
        var _ = scheduler.scheduleWithFixedDelay(this::probe, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether the brokers answered the last question; false before the first. */
    public boolean isReachable() {
        return state == State.REACHABLE;
    }

    private void probe() {
        try {
            if (admin == null) {
                admin = Admin.create(options());
            }
            admin.describeCluster(new DescribeClusterOptions().timeoutMs((int) TIMEOUT.toMillis()))
                    .nodes()
                    .get(TIMEOUT.toMillis() + 1000, TimeUnit.MILLISECONDS);
            become(State.REACHABLE, "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            become(State.UNREACHABLE, reason(e.getCause() == null ? e : e.getCause()));
        } catch (TimeoutException | KafkaException e) {
            become(State.UNREACHABLE, reason(e));
        }
    }

    private void become(State next, String reason) {
        if (next == state) {
            return;
        }
        state = next;
        if (next == State.REACHABLE) {
            LOG.info("Kafka at {} is reachable", kafka.bootstrapServers());
        } else {
            LOG.warn(
                    "Kafka at {} is not reachable ({}); jobs wait and go on by themselves when it is",
                    kafka.bootstrapServers(),
                    reason);
        }
    }

    private static String reason(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    /** The consumers' own security and network options, as far as an admin client knows them. */
    private Map<String, Object> options() {
        Map<String, Object> options = new HashMap<>(kafka.consumer());
        options.keySet().retainAll(AdminClientConfig.configNames());
        options.put("bootstrap.servers", kafka.bootstrapServers());
        options.put("client.id", "velostream-probe");
        options.put("request.timeout.ms", (int) TIMEOUT.toMillis());
        options.put("default.api.timeout.ms", (int) TIMEOUT.toMillis());
        options.put("reconnect.backoff.max.ms", 2000);
        options.put("enable.metrics.push", false);
        return options;
    }

    @PreDestroy
    void stop() {
        scheduler.shutdownNow();
        Admin open = admin;
        if (open != null) {
            open.close(Duration.ofSeconds(1));
        }
    }
}
