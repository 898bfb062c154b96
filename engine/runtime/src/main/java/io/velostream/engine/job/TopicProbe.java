package io.velostream.engine.job;

import io.velostream.engine.breaker.CircuitBreaker;
import io.velostream.engine.breaker.CircuitBreakers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Looks at the topics of which nothing was heard lately, all in one request: a topic without records, one that is gone, and
 * one that is tried again. Only asked while the brokers answer at all; that they do not is for {@code main} to say.
 */
final class TopicProbe {

    private static final Duration SILENCE = Duration.ofSeconds(2);
    private static final int TIMEOUT_MILLIS = 5_000;

    private final Admin admin;
    private final CircuitBreakers breakers;

    TopicProbe(Admin admin, CircuitBreakers breakers) {
        this.admin = admin;
        this.breakers = breakers;
    }

    void look() throws InterruptedException {
        List<CircuitBreaker> silent = breakers.all().stream()
                .filter(breaker -> breaker.dependency().topic().isPresent() && breaker.wantsProbe(SILENCE))
                .toList();
        if (silent.isEmpty()) {
            return;
        }
        Map<String, Optional<String>> found = describe(silent.stream()
                .flatMap(breaker -> breaker.dependency().topic().stream())
                .collect(Collectors.toSet()));
        for (CircuitBreaker breaker : silent) {
            String topic = breaker.dependency().topic().orElse("");
            breaker.probed(found.getOrDefault(topic, Optional.of("topic " + topic + " was not described")));
        }
    }

    /** What is wrong with each topic. */
    private Map<String, Optional<String>> describe(Set<String> topics) throws InterruptedException {
        Map<String, Optional<String>> found = new HashMap<>();
        Map<String, KafkaFuture<TopicDescription>> answers;
        try {
            answers = admin.describeTopics(topics, new DescribeTopicsOptions().timeoutMs(TIMEOUT_MILLIS))
                    .topicNameValues();
        } catch (KafkaException e) {
            topics.forEach(topic -> found.put(topic, Optional.of(Failures.sentence(e))));
            return found;
        }
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS + 1_000L);
        for (Map.Entry<String, KafkaFuture<TopicDescription>> answer : answers.entrySet()) {
            found.put(answer.getKey(), fault(answer.getKey(), answer.getValue(), deadline));
        }
        return found;
    }

    private static Optional<String> fault(String topic, KafkaFuture<TopicDescription> answer, long deadline)
            throws InterruptedException {
        try {
            return leaderless(topic, answer.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS));
        } catch (ExecutionException e) {
            return Optional.of(
                    e.getCause() instanceof UnknownTopicOrPartitionException
                            ? "topic " + topic + " does not exist"
                            : "topic " + topic + " could not be described: " + Failures.sentence(e));
        } catch (TimeoutException e) {
            return Optional.of("no broker described topic " + topic + " in time");
        }
    }

    private static Optional<String> leaderless(String topic, TopicDescription description) {
        List<Integer> partitions = description.partitions().stream()
                .filter(partition ->
                        partition.leader() == null || partition.leader().isEmpty())
                .map(TopicPartitionInfo::partition)
                .toList();
        return partitions.isEmpty()
                ? Optional.empty()
                : Optional.of("topic " + topic + " has no leader for its partitions " + partitions);
    }
}
