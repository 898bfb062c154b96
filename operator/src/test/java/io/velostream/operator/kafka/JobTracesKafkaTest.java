package io.velostream.operator.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velostream.crd.v1alpha1.DeletionPolicy;
import io.velostream.crd.v1alpha1.KafkaSettings;
import io.velostream.crd.v1alpha1.KafkaSettingsBuilder;
import io.velostream.crd.v1alpha1.Retention;
import io.velostream.local.kafka.LocalKafka;
import io.velostream.operator.kafka.JobTraces.Outcome;
import io.velostream.operator.kafka.JobTraces.Traces;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobTracesKafkaTest {

    private static final String JOB = "velostream.shop.orders";
    private static final String GROUP = JOB + ".main.g1";
    private static final DeletionPolicy DEFAULT = new DeletionPolicy(null, null, null);

    private static LocalKafka kafka;
    private static Admin admin;

    private final JobTraces traces = new AdminJobTraces();

    @BeforeAll
    static void start() {
        kafka = LocalKafka.builder().start();
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    @AfterAll
    static void stop() {
        admin.close();
        kafka.close();
    }

    @BeforeEach
    void leaveTraces() throws Exception {
        create("orders", "high-value", GROUP + "-store-changelog", GROUP + "-by-customer-repartition", JOB + ".dlq");
        create("velostream.shop.orders-2.main.g1-store-changelog", "velostream.shop.orders.eu.main.g1-store-changelog");
        commit(GROUP);
        commit("velostream.shop.orders.eu.main.g1");
    }

    @AfterEach
    void clear() throws Exception {
        admin.deleteConsumerGroups(groups()).all().get();
        admin.deleteTopics(topics()).all().get();
    }

    @Test
    void removesGroupsAndInternalTopicsAndKeepsWhatHoldsResults() throws Exception {
        Outcome outcome = traces.remove(settings(), of(DEFAULT));

        assertThat(outcome).isEqualTo(new Outcome.Done());
        assertThat(groups()).containsExactly("velostream.shop.orders.eu.main.g1");
        assertThat(topics())
                .containsExactlyInAnyOrder(
                        "orders",
                        "high-value",
                        JOB + ".dlq",
                        "velostream.shop.orders-2.main.g1-store-changelog",
                        "velostream.shop.orders.eu.main.g1-store-changelog");
    }

    @Test
    void removesResultsAndDeadLettersWhenAskedTo() throws Exception {
        traces.remove(settings(), of(new DeletionPolicy(Retention.RETAIN, Retention.RETAIN, Retention.DELETE)));

        assertThat(topics()).doesNotContain("high-value", JOB + ".dlq").contains("orders", GROUP + "-store-changelog");
        assertThat(groups()).contains(GROUP);
    }

    @Test
    void waitsForTheMembersToLeave() throws Exception {
        try (KafkaConsumer<byte[], byte[]> member = consumer(GROUP)) {
            member.subscribe(List.of("orders"));
            org.awaitility.Awaitility.await().until(() -> {
                member.poll(java.time.Duration.ofMillis(100));
                return !member.assignment().isEmpty();
            });

            Outcome outcome = traces.remove(settings(), of(DEFAULT));

            assertThat(outcome).isEqualTo(new Outcome.InUse(Set.of(GROUP)));
            assertThat(topics()).contains(GROUP + "-store-changelog");
        }
        assertThat(traces.remove(settings(), of(DEFAULT))).isEqualTo(new Outcome.Done());
    }

    @Test
    void findsNothingToDoTheSecondTime() {
        traces.remove(settings(), of(DEFAULT));

        assertThat(traces.remove(settings(), of(DEFAULT))).isEqualTo(new Outcome.Done());
    }

    @Test
    void givesUpOnAnAddressThatNobodyKnows() {
        KafkaSettings unknown = KafkaSettingsBuilder.builder()
                .bootstrapServers("kafka.invalid:9092")
                .build();

        assertThat(traces.remove(unknown, of(DEFAULT)))
                .isEqualTo(new Outcome.OutOfReach("the operator cannot resolve kafka.invalid:9092"));
    }

    @Test
    void saysWhichKafkaDoesNotAnswer() {
        KafkaSettings nobody =
                KafkaSettingsBuilder.builder().bootstrapServers("127.0.0.1:1").build();

        assertThatThrownBy(() -> traces.remove(nobody, of(DEFAULT)))
                .isInstanceOf(KafkaUnreachableException.class)
                .hasMessageContaining("127.0.0.1:1");
    }

    private static Traces of(DeletionPolicy policy) {
        return new Traces(
                "shop",
                JOB,
                Set.of("velostream.shop.orders.eu", "velostream.shop"),
                Set.of("high-value"),
                JOB + ".dlq",
                policy);
    }

    private static KafkaSettings settings() {
        return KafkaSettingsBuilder.builder()
                .bootstrapServers(kafka.bootstrapServers())
                .build();
    }

    private static void create(String... names) throws Exception {
        admin.createTopics(Stream.of(names)
                        .map(name -> new NewTopic(name, 1, (short) 1))
                        .toList())
                .all()
                .get();
    }

    private static void commit(String group) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(group)) {
            TopicPartition partition = new TopicPartition("orders", 0);
            consumer.assign(List.of(partition));
            consumer.commitSync(Map.of(partition, new OffsetAndMetadata(0)));
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(String group) {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "group.id", group),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private static List<String> groups() throws Exception {
        return admin.listGroups().all().get().stream()
                .map(GroupListing::groupId)
                .sorted()
                .toList();
    }

    private static List<String> topics() throws Exception {
        return new ArrayList<>(admin.listTopics().names().get());
    }
}
