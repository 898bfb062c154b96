package io.velostream.operator.e2e;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/**
 * The project's local broker as a pod. Pods begin with {@code kafka:9092}; what it advertises is known in every namespace, for
 * the operator cleans up in Kafka from its own. This process reaches it through a port-forward, for which the
 * broker has a second listener that advertises the forwarded port.
 */
final class KafkaInCluster implements AutoCloseable {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final Process portForward;
    private final String bootstrapServers;
    private final Admin admin;

    private KafkaInCluster(Process portForward, String bootstrapServers) {
        this.portForward = portForward;
        this.bootstrapServers = bootstrapServers;
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    /** Starts the broker and waits until it serves. */
    static KafkaInCluster start(Command kubectl, String image, String namespace) throws IOException {
        int port = freePort();
        Path manifest = Files.createTempFile("velostream-kafka", ".yaml");
        Files.writeString(
                manifest,
                MANIFEST.replace("@@IMAGE@@", image)
                        .replace("@@NAMESPACE@@", namespace)
                        .replace("@@PORT@@", Integer.toString(port)));
        kubectl.and("apply", "-f", manifest.toString()).output();
        Files.delete(manifest);
        kubectl.and("rollout", "status", "deployment/kafka", "--timeout=120s")
                .within(Duration.ofMinutes(3))
                .output();
        ProcessBuilder forward = new ProcessBuilder(kubectl.and("port-forward", "deployment/kafka", port + ":" + port)
                        .line())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        forward.environment().putAll(kubectl.environment());
        KafkaInCluster kafka = new KafkaInCluster(forward.start(), "127.0.0.1:" + port);
        Awaitility.await("the broker answers through the port-forward")
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> !kafka.admin
                        .describeCluster()
                        .nodes()
                        .get(5, TimeUnit.SECONDS)
                        .isEmpty());
        return kafka;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    void createTopic(String name, int partitions) {
        await(admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                .all());
    }

    List<String> topics() {
        return await(admin.listTopics().names()).stream().sorted().toList();
    }

    List<String> groups() {
        return await(admin.listGroups().all()).stream()
                .map(g -> g.groupId())
                .sorted()
                .toList();
    }

    /** Writes the orders by customer, then one closing order into each partition. */
    void produce(String topic, List<Orders.Order> orders, int partitions) {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
                new StringSerializer(),
                new StringSerializer())) {
            orders.forEach(order -> producer.send(new ProducerRecord<>(topic, order.customer(), order.json())));
            producer.flush();
            IntStream.range(0, partitions)
                    .forEach(p -> producer.send(new ProducerRecord<>(
                            topic, p, "closing", Orders.closing(1_000_000L + p).json())));
        }
    }

    /** Every committed record of a topic, in any order; waits until there are as many as expected and none follows. */
    List<JsonNode> read(String topic, int expected, Duration atMost) {
        List<JsonNode> rows = Collections.synchronizedList(new ArrayList<>());
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "isolation.level",
                        "read_committed",
                        "auto.offset.reset",
                        "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(p -> new TopicPartition(topic, p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Awaitility.await("%d committed rows in %s".formatted(expected, topic))
                    .atMost(atMost)
                    .pollInSameThread()
                    .until(() -> {
                        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(500))) {
                            rows.add(JSON.readTree(record.value()));
                        }
                        return rows.size() >= expected;
                    });
            consumer.poll(Duration.ofSeconds(2)).forEach(record -> rows.add(parse(record.value())));
        }
        return rows;
    }

    /** How many records are in the topic's partitions, by partition. */
    Map<Integer, Long> ends(String topic) {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringDeserializer(), new StringDeserializer())) {
            Map<Integer, Long> ends = new TreeMap<>();
            consumer.endOffsets(consumer.partitionsFor(topic).stream()
                            .map(p -> new TopicPartition(topic, p.partition()))
                            .toList())
                    .forEach((partition, end) -> ends.put(partition.partition(), end));
            return ends;
        }
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T await(org.apache.kafka.common.KafkaFuture<T> future) {
        try {
            return future.get(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException("the broker did not answer", e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
        portForward.destroy();
    }

    private static final String MANIFEST = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: kafka}
            spec:
              selector: {matchLabels: {app: kafka}}
              template:
                metadata: {labels: {app: kafka}}
                spec:
                  automountServiceAccountToken: false
                  securityContext: {runAsNonRoot: true, runAsUser: 10001, fsGroup: 10001, seccompProfile: {type: RuntimeDefault}}
                  containers:
                  - name: kafka
                    image: @@IMAGE@@
                    imagePullPolicy: IfNotPresent
                    args:
                    - "9092"
                    - /data/kafka
                    - listeners=BROKER://:9092,HOST://:@@PORT@@,CONTROLLER://127.0.0.1:9093
                    - advertised.listeners=BROKER://kafka.@@NAMESPACE@@.svc:9092,HOST://127.0.0.1:@@PORT@@
                    - listener.security.protocol.map=BROKER:PLAINTEXT,HOST:PLAINTEXT,CONTROLLER:PLAINTEXT
                    - controller.quorum.voters=1@127.0.0.1:9093
                    env: [{name: JAVA_TOOL_OPTIONS, value: "-Xmx384m -XX:+UseSerialGC"}]
                    ports: [{name: kafka, containerPort: 9092}]
                    readinessProbe: {tcpSocket: {port: kafka}, periodSeconds: 2}
                    resources: {requests: {cpu: 100m, memory: 512Mi}, limits: {memory: 768Mi}}
                    securityContext: {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}
                    volumeMounts: [{name: data, mountPath: /data}, {name: tmp, mountPath: /tmp}]
                  volumes: [{name: data, emptyDir: {}}, {name: tmp, emptyDir: {}}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: kafka}
            spec:
              selector: {app: kafka}
              ports: [{name: kafka, port: 9092, targetPort: kafka}]
            """;
}
