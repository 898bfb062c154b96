package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Kafka that the pods work on. */
@ApiRecord
@ValidationRule(
        value = "!has(self.consumer) || [" + KafkaSettings.RESERVED + "].all(k, !(k in self.consumer))",
        message = "consumer must not hold what the engine sets itself: " + KafkaSettings.RESERVED,
        fieldPath = ".consumer")
@ValidationRule(
        value = "!has(self.producer) || [" + KafkaSettings.RESERVED + "].all(k, !(k in self.producer))",
        message = "producer must not hold what the engine sets itself: " + KafkaSettings.RESERVED,
        fieldPath = ".producer")
public record KafkaSettings(
        @JsonPropertyDescription("Brokers to start from: host:port, several separated by commas.")
        @Required
        @Pattern("^[^\\s,:]+:[0-9]{1,5}(,[^\\s,:]+:[0-9]{1,5})*$") @Size(min = 3, max = 2048) String bootstrapServers,

        @JsonPropertyDescription(
                "Settings of every consumer by Kafka's own names, such as fetch.min.bytes: 1048576. Write true and false in "
                        + "quotes. What the engine itself sets is refused.")
        @Size(max = 64) Map<String, String> consumer,

        @JsonPropertyDescription(
                "Settings of every producer by Kafka's own names, such as linger.ms: 5. Write true and false in quotes. What "
                        + "the engine itself sets is refused.")
        @Size(max = 64) Map<String, String> producer,

        @JsonPropertyDescription(
                "Every consumer group, transactional id and internal topic begins with this, so that one prefixed ACL is enough.")
        @Default("velostream.")
        @Pattern("^[a-zA-Z0-9._-]*$") @Size(max = 60) String idPrefix,

        @JsonPropertyDescription("How topics are created that a query writes to and that do not exist.") @Nullable TopicDefaults topicDefaults,

        @JsonPropertyDescription(
                "CreateMissing: the engine creates missing output topics. RequireExisting: a missing one is an error.")
        @Default("CreateMissing")
        TopicPolicy topicPolicy) {

    /** Settings that exactly-once and the engine's own ids depend on, as the elements of a CEL list. */
    static final String RESERVED =
            "'bootstrap.servers', 'group.id', 'group.instance.id', 'client.id', 'isolation.level', "
                    + "'enable.auto.commit', 'transactional.id', 'enable.idempotence', 'key.serializer', 'value.serializer', "
                    + "'key.deserializer', 'value.deserializer', 'interceptor.classes', 'partition.assignment.strategy', "
                    + "'sasl.jaas.config'";

    public KafkaSettings {
        consumer = ApiDefaults.copy(consumer);
        producer = ApiDefaults.copy(producer);
        idPrefix = ApiDefaults.or(idPrefix, "velostream.");
        topicPolicy = ApiDefaults.or(topicPolicy, TopicPolicy.CREATE_MISSING);
    }
}
