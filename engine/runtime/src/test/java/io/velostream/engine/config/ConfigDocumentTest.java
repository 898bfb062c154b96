package io.velostream.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConfigDocumentTest {

    private static ConfigDocument document(String text, PodResources pod) {
        return ((ConfigReading.Valid) ConfigReader.read("velostream.yaml", text, pod)).document();
    }

    private static ConfigDocument document(String text) {
        return document(text, new PodResources(1L << 30, 4));
    }

    @Test
    void showsWhatIsInForceWithNumbersAsNumbers() {
        JsonNode json = JsonMapper.builder().build().valueToTree(document("""
                                kafka: {bootstrap_servers: "k:9092", consumer: {fetch.min.bytes: 7, client.rack: a}}
                                resource_limits: {max_total_memory: 1Gi}
                                performance: {batch_size: 500}
                                """).effective());

        assertThat(json.at("/resource_limits/max_total_memory").isIntegralNumber())
                .isTrue();
        assertThat(json.at("/resource_limits/max_total_memory").asLong()).isEqualTo(1L << 30);
        assertThat(json.at("/resource_limits/max_operator_memory").asLong()).isEqualTo(1L << 28);
        assertThat(json.at("/processing/batch_size").asInt()).isEqualTo(500);
        assertThat(json.at("/performance").has("batch_size")).isFalse();
        assertThat(json.at("/memory_management/gc_threshold").asDouble()).isEqualTo(0.8);
        assertThat(json.at("/kafka/consumer").get("fetch.min.bytes").isInt()).isTrue();
        assertThat(json.at("/logging/level").asText()).isEqualTo("INFO");
    }

    @Test
    void hashesTheMeaningNotTheSpelling() {
        ConfigDocument one = document("kafka: {bootstrap_servers: k:9092}\nprocessing: {batch_size: 1000}\n");
        ConfigDocument same = document(
                "# comment\nperformance:\n  batch_size: 1_000\nkafka:\n  bootstrap_servers: k:9092\n",
                new PodResources(1L << 33, 16));
        ConfigDocument other = document("kafka: {bootstrap_servers: k:9092}\nprocessing: {batch_size: 1001}\n");

        assertThat(one.hash()).isEqualTo(same.hash()).hasSize(64).isNotEqualTo(other.hash());
    }

    @Test
    void hashesSecretsToo() {
        String text = "kafka: {bootstrap_servers: k:9092, producer: {ssl.key.password: %s}}";

        assertThat(document(text.formatted("a")).hash())
                .isNotEqualTo(document(text.formatted("b")).hash());
    }

    @Test
    void namesTheGivenKeysOnWhichNothingActs() {
        ConfigDocument document =
                document("kafka: {bootstrap_servers: k:9092}\nprocessing: {batch_size: 10, queue_size: 5}\n");

        assertThat(document.withoutEffect()).containsExactly("processing.queue_size");
    }

    private static ConfigDocument merged(ConfigDocument base, String change) {
        ConfigReading reading = ConfigReader.merge(base, "request", change);
        assertThat(reading).isInstanceOf(ConfigReading.Valid.class);
        return ((ConfigReading.Valid) reading).document();
    }

    @Test
    void mergesAChangeAndTellsWhenEachKeyActs() {
        ConfigDocument base = document("kafka: {bootstrap_servers: k:9092, consumer: {client.rack: a}}");

        ConfigDocument merged = merged(base, """
                {"resource_limits": {"max_total_memory": 104857600}, "processing": {"parallelism": 8, "queue_size": 5},
                 "kafka": {"consumer": {"client.rack": null, "fetch.min.bytes": 7, "ssl.key.password": "p"}}}
                """);

        assertThat(base.changesTo(merged))
                .extracting(ConfigChange::toString)
                .containsExactly(
                        "kafka.consumer.client.rack a → unset",
                        "kafka.consumer.fetch.min.bytes unset → 7",
                        "kafka.consumer.ssl.key.password unset → [redacted]",
                        "resource_limits.max_total_memory 858993456 → 104857600",
                        "resource_limits.max_operator_memory 214748364 → 26214400",
                        "resource_limits.max_aggregation_groups 6710886 → 819200",
                        "processing.max_parallelism 4 → 8",
                        "processing.queue_size 10000 → 5");
        assertThat(base.changesTo(merged))
                .extracting(ConfigChange::effect)
                .containsExactly(
                        ConfigEffect.PROCESSING_RESTART,
                        ConfigEffect.PROCESSING_RESTART,
                        ConfigEffect.POD_RESTART,
                        ConfigEffect.AT_ONCE,
                        ConfigEffect.AT_ONCE,
                        ConfigEffect.AT_ONCE,
                        ConfigEffect.AT_ONCE,
                        ConfigEffect.NONE);
        assertThat(base.config().processing().maxParallelism()).isEqualTo(4);
        assertThat(base.changesTo(base.taking(merged, Set.of(ConfigEffect.AT_ONCE))))
                .extracting(ConfigChange::effect)
                .containsOnly(ConfigEffect.AT_ONCE)
                .hasSize(4);
    }

    @Test
    void keepsASecretThatAChangeShowsOnlyRedacted() {
        ConfigDocument base =
                document("kafka: {bootstrap_servers: k:9092, producer: {ssl.key.password: secret, linger.ms: 1}}");

        ConfigDocument merged =
                merged(base, "{\"kafka\": {\"producer\": {\"ssl.key.password\": \"[redacted]\", \"linger.ms\": 2}}}");

        assertThat(merged.config().kafka().producer())
                .containsEntry("ssl.key.password", "secret")
                .containsEntry("linger.ms", "2");
    }

    @Test
    void hashesAMergedOneLikeAFileThatSaysTheSame() {
        ConfigDocument merged = merged(
                document("kafka: {bootstrap_servers: k:9092}\nprocessing: {batch_size: 5}\n"),
                "{\"processing\": {\"batch_size\": null}, \"performance\": {\"enable_caching\": true}}");

        assertThat(merged.hash())
                .isEqualTo(document("kafka: {bootstrap_servers: k:9092}\nperformance: {enable_caching: true}\n")
                        .hash());
    }

    @Test
    void refusesAChangeAfterWhichTheWholeIsWrong() {
        ConfigDocument base =
                document("kafka: {bootstrap_servers: k:9092}\nresource_limits: {max_operator_memory: 200Mi}\n");

        ConfigReading reading =
                ConfigReader.merge(base, "request", "{\"resource_limits\": {\"max_total_memory\": 104857600}}");

        assertThat(((ConfigReading.Refused) reading).problems())
                .extracting(ConfigProblem::toString)
                .containsExactly("request: resource_limits.max_operator_memory: 209715200 is more than"
                        + " resource_limits.max_total_memory, allowed: at most 104857600");
    }
}
