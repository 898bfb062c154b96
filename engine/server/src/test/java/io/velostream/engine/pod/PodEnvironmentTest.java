package io.velostream.engine.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.engine.config.ConfigReader;
import io.velostream.engine.config.ConfigReading;
import io.velostream.engine.config.EngineConfig;
import io.velostream.engine.config.PodResources;
import io.velostream.engine.job.PodSettings;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodEnvironmentTest {

    private static PodEnvironment named(String pod) {
        return new PodEnvironment(Path.of("c"), Optional.empty(), Optional.empty(), Path.of("/state"), pod);
    }

    @ParameterizedTest
    @CsvSource({"primary-0, 0", "primary-12, 12", "a-b-3, 3", "laptop, 0", "primary-x, 0", "7, 0"})
    void takesTheOrdinalFromThePodsName(String pod, int ordinal) {
        assertThat(named(pod).ordinal()).isEqualTo(ordinal);
    }

    @Test
    void givesEveryClientTheSecurityOptionsAndNoClientAStartingPoint() {
        EngineConfig config = ((ConfigReading.Valid)
                        ConfigReader.read("velostream.yaml", """
                        kafka:
                          bootstrap_servers: k:9092
                          consumer:
                            security.protocol: SSL
                            ssl.truststore.location: /certs/ca.p12
                            auto.offset.reset: latest
                            fetch.min.bytes: 7
                          producer: {linger.ms: 5}
                        processing: {batch_size: 123, parallelism: 3}
                        """, new PodResources(1L << 30, 8)))
                .document()
                .config();

        PodSettings settings = JobBeans.settings(named("primary-2"), config);

        assertThat(settings.ordinal()).isEqualTo(2);
        assertThat(settings.maxParallelism()).isEqualTo(3);
        assertThat(settings.kafka())
                .containsOnlyKeys("bootstrap.servers", "security.protocol", "ssl.truststore.location");
        assertThat(settings.consumer())
                .containsEntry("fetch.min.bytes", "7")
                .containsEntry("max.poll.records", "10000")
                .doesNotContainKey("auto.offset.reset");
        assertThat(settings.producer()).containsExactly(java.util.Map.entry("linger.ms", "5"));
    }
}
