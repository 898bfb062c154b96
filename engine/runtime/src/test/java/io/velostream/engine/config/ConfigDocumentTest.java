package io.velostream.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
}
