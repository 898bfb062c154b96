package io.velostream.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {

    private static final PodResources POD = new PodResources(1L << 30, 4);

    private static ConfigReading read(String text) {
        return ConfigReader.read("velostream.yaml", text, POD);
    }

    private static EngineConfig valid(String text) {
        return switch (read(text)) {
            case ConfigReading.Valid valid -> valid.document().config();
            case ConfigReading.Refused refused -> throw new AssertionError("refused: " + refused.problems());
        };
    }

    private static List<String> problems(String text) {
        return switch (read(text)) {
            case ConfigReading.Valid valid -> throw new AssertionError("accepted: " + text);
            case ConfigReading.Refused refused ->
                refused.problems().stream().map(ConfigProblem::toString).toList();
        };
    }

    @Test
    void readsTheRunbooksTuningFile() {
        EngineConfig config = valid("""
                kafka:
                  bootstrap_servers: kafka:9092
                  consumer:
                    fetch.min.bytes: 1048576      # 1MB minimum fetch
                    fetch.max.wait.ms: 100
                    max.poll.records: 1000
                    session.timeout.ms: 30000
                    auto.offset.reset: "latest"
                  producer:
                    batch.size: 65536
                    linger.ms: 5
                    compression.type: "snappy"
                    acks: "all"
                resource_limits:
                  max_total_memory: 4294967296
                  max_operator_memory: 1073741824
                  max_windows_per_key: 10000
                  max_aggregation_groups: 50000
                memory_management:
                  gc_threshold: 0.8
                  cleanup_interval: 300
                  history_retention: 3600
                processing:
                  batch_size: 1000
                  max_parallelism: 8
                  queue_size: 10000
                  timeout_ms: 30000
                circuit_breaker:
                  failure_threshold: 10
                  timeout_seconds: 60
                  recovery_timeout: 30
                  success_threshold: 3
                """);

        assertThat(config.kafka().consumer())
                .containsEntry("fetch.min.bytes", "1048576")
                .containsEntry("auto.offset.reset", "latest")
                .hasSize(5);
        assertThat(config.kafka().producer()).containsEntry("linger.ms", "5").hasSize(4);
        assertThat(config.resourceLimits())
                .isEqualTo(new EngineConfig.ResourceLimits(
                        4294967296L, 1073741824L, 10_000, 50_000, ExhaustionPolicy.SPILL));
        assertThat(config.memoryManagement()).isEqualTo(new EngineConfig.MemoryManagement(0.8, 300, 3600));
        assertThat(config.processing()).isEqualTo(new EngineConfig.Processing(1000, 8, 10_000, 30_000, 1_000));
        assertThat(config.circuitBreaker()).isEqualTo(new EngineConfig.CircuitBreaker(10, 60, 30, 3));
    }

    @Test
    void derivesDefaultsFromThePod() {
        EngineConfig config = valid("kafka: {bootstrap_servers: 'a:1, [::1]:2'}");

        assertThat(config.resourceLimits().maxTotalMemory()).isEqualTo((1L << 30) / 5 * 4);
        assertThat(config.resourceLimits().maxOperatorMemory())
                .isEqualTo(config.resourceLimits().maxTotalMemory() / 4);
        assertThat(config.processing().maxParallelism()).isEqualTo(4);
        assertThat(config.kafka().idPrefix()).isEqualTo("velostream.");
        assertThat(config.logging().level()).isEqualTo(EngineConfig.LogLevel.INFO);
    }

    @Test
    void acceptsBothSpellingsOfAKey() {
        EngineConfig config = valid("""
                kafka: {bootstrap_servers: "k:9092"}
                processing: {parallelism: 3}
                performance: {batch_size: 2_000, enable_caching: false}
                """);

        assertThat(config.processing().maxParallelism()).isEqualTo(3);
        assertThat(config.processing().batchSize()).isEqualTo(2000);
        assertThat(config.performance().enableCaching()).isFalse();
    }

    @Test
    void reportsEveryProblemAtOnceInTheOrderOfTheFile() {
        List<String> problems = problems("""
                kafka:
                  bootstrap_server: kafka:9092
                  consumer:
                    fetch.min.byte: 1
                    max.poll.records: many
                    group.id: mine
                  producer:
                    acks: some
                resource_limits:
                  max_total_memory: 32Mi
                  max_operator_memory: 99Ti
                  max_windows_per_key: lots
                processing:
                  batch_size: 0
                  batch_size: 10
                  parallelism: 2
                  max_parallelism: 4
                memory_management:
                  gc_threshold: 1.5
                  cleanup_interval:
                logging: {level: LOUD}
                tracing: {}
                max_windows_per_key: 3
                """);

        assertThat(problems)
                .containsExactly(
                        "velostream.yaml:1: kafka.bootstrap_servers: is missing, allowed: host:port, several joined by commas",
                        "velostream.yaml:2: kafka.bootstrap_server: is not a key of this file; did you mean `kafka.bootstrap_servers`?",
                        "velostream.yaml:4: kafka.consumer.fetch.min.byte: is not an option of Kafka's consumer; did you mean `fetch.min.bytes`?",
                        "velostream.yaml:5: kafka.consumer.max.poll.records: \"many\" is not allowed, allowed: int [1,...]",
                        "velostream.yaml:6: kafka.consumer.group.id: is set by the engine itself; remove it",
                        "velostream.yaml:8: kafka.producer.acks: \"some\" is not allowed, allowed: string [all, -1, 0, 1]",
                        "velostream.yaml:11: resource_limits.max_operator_memory: 108851651149824 is more than resource_limits.max_total_memory, allowed: at most 33554432",
                        "velostream.yaml:12: resource_limits.max_windows_per_key: \"lots\" is not allowed, allowed: a whole number from 1",
                        "velostream.yaml:14: processing.batch_size: \"0\" is not allowed, allowed: a whole number from 1 to 1000000",
                        "velostream.yaml:15: processing.batch_size: is given twice; keep one",
                        "velostream.yaml:17: processing.max_parallelism: is 4, but processing.parallelism on line 16 means the same and is 2; give one of them",
                        "velostream.yaml:19: memory_management.gc_threshold: \"1.5\" is not allowed, allowed: a number above 0 and up to 1",
                        "velostream.yaml:20: memory_management.cleanup_interval: has no value, allowed: a whole number from 1 to 86400",
                        "velostream.yaml:21: logging.level: \"LOUD\" is not allowed, allowed: ERROR, WARN, INFO, DEBUG, TRACE",
                        "velostream.yaml:22: tracing: is not a key of this file",
                        "velostream.yaml:23: max_windows_per_key: is not a key of this file; did you mean `resource_limits.max_windows_per_key`?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            kafka: [a]                                  | velostream.yaml:1: kafka: is a section and has keys below it, not a value
            just text                                   | velostream.yaml:1: the file must hold sections such as kafka: and processing:
            kafka: {bootstrap_servers: kafka}           | velostream.yaml:1: kafka.bootstrap_servers: "kafka" is not allowed, allowed: host:port, several joined by commas
            kafka: {bootstrap_servers: 'k:0'}           | velostream.yaml:1: kafka.bootstrap_servers: "k:0" is not allowed, allowed: host:port, several joined by commas
            kafka: {bootstrap_servers: 'k:99999'}       | velostream.yaml:1: kafka.bootstrap_servers: "k:99999" is not allowed, allowed: host:port, several joined by commas
            kafka: {bootstrap_servers: {a: b}}          | velostream.yaml:1: kafka.bootstrap_servers: must be a single value, allowed: host:port, several joined by commas
            kafka: {bootstrap_servers: 'k:1', id_prefix: 'a b'} | velostream.yaml:1: kafka.id_prefix: "a b" is not allowed, allowed: up to 100 letters, digits, dots, underscores and hyphens
            kafka: {bootstrap_servers: 'k:1', consumer: 3} | velostream.yaml:1: kafka.consumer: must hold Kafka client options, one a line
            kafka: {bootstrap_servers: 'k:1', consumer: {fetch: {min: 3}}} | velostream.yaml:1: kafka.consumer.fetch: is not an option of Kafka's consumer
            """)
    void saysWhatIsWrong(String text, String problem) {
        assertThat(problems(text)).anySatisfy(found -> assertThat(found).isEqualTo(problem));
    }

    @Test
    void namesTheLineOfASyntaxError() {
        assertThat(problems("kafka:\n  bootstrap_servers: k:1\n bad: [\n"))
                .singleElement()
                .satisfies(problem -> assertThat(problem).startsWith("velostream.yaml:3: not valid YAML: "));
    }

    @Test
    void refusesAnEmptyFile() {
        assertThat(problems("# nothing\n"))
                .containsExactly(
                        "velostream.yaml:1: kafka.bootstrap_servers: is missing, allowed: host:port, several joined by commas");
    }

    @Test
    void neverShowsASecretOption() {
        String text = """
                kafka:
                  bootstrap_servers: k:9092
                  producer: {ssl.keystore.password: hunter2}
                """;

        ConfigDocument document = ((ConfigReading.Valid) read(text)).document();

        assertThat(document.effective().toString()).contains("[redacted]").doesNotContain("hunter2");
        assertThat(document.config().toString()).doesNotContain("hunter2");
        assertThat(document.config().kafka().producer()).containsEntry("ssl.keystore.password", "hunter2");
    }

    @Test
    void saysWhyAFileCannotBeRead(@TempDir Path folder) throws Exception {
        Path missing = folder.resolve("missing.yaml");
        Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

        assertThat(((ConfigReading.Refused) ConfigReader.read(missing, POD))
                        .problems()
                        .toString())
                .contains(missing + ": there is no such file");
        assertThat(((ConfigReading.Refused) ConfigReader.read(binary, POD))
                        .problems()
                        .toString())
                .contains(binary + ": cannot be read as UTF-8 text");
    }
}
