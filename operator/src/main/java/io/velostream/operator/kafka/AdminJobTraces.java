package io.velostream.operator.kafka;

import io.velostream.crd.v1alpha1.KafkaSettings;
import io.velostream.crd.v1alpha1.Retention;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * {@link JobTraces} through Kafka's admin client, one for each call: jobs are deleted rarely.
 *
 * <p>The groups go first, and only when no member is left: a topic that is deleted under a running job would be created anew.
 */
@Singleton
public final class AdminJobTraces implements JobTraces {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @Override
    public Outcome remove(KafkaSettings kafka, Traces traces) {
        Optional<String> address = BootstrapAddress.resolvable(kafka.bootstrapServers(), traces.namespace());
        if (address.isEmpty()) {
            return new Outcome.OutOfReach("the operator cannot resolve " + kafka.bootstrapServers());
        }
        try (Admin admin = admin(kafka, address.get())) {
            Set<String> groups = await(admin.listGroups().all(), kafka).stream()
                    .map(GroupListing::groupId)
                    .filter(traces::owns)
                    .collect(Collectors.toCollection(TreeSet::new));
            Set<String> inUse = inUse(admin, groups, kafka);
            if (!inUse.isEmpty()) {
                return new Outcome.InUse(inUse);
            }
            if (traces.policy().consumerGroup() == Retention.DELETE) {
                deleteGroups(admin, groups, kafka);
            }
            deleteTopics(admin, traces, kafka);
            return new Outcome.Done();
        }
    }

    private static Admin admin(KafkaSettings kafka, String address) {
        try {
            return Admin.create(settings(kafka, address));
        } catch (KafkaException e) {
            throw new KafkaUnreachableException(
                    "no client for Kafka at %s could be made: %s".formatted(address, e.getMessage()), e);
        }
    }

    private static Set<String> inUse(Admin admin, Set<String> groups, KafkaSettings kafka) {
        if (groups.isEmpty()) {
            return Set.of();
        }
        Map<String, KafkaFuture<ConsumerGroupDescription>> descriptions =
                admin.describeConsumerGroups(groups).describedGroups();
        Set<String> inUse = new TreeSet<>();
        descriptions.forEach((group, description) -> {
            if (!memberless(description, kafka)) {
                inUse.add(group);
            }
        });
        return inUse;
    }

    private static boolean memberless(KafkaFuture<ConsumerGroupDescription> description, KafkaSettings kafka) {
        try {
            return await(description, kafka).members().isEmpty();
        } catch (KafkaUnreachableException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return true;
            }
            throw e;
        }
    }

    private static void deleteGroups(Admin admin, Set<String> groups, KafkaSettings kafka) {
        admin.deleteConsumerGroups(groups)
                .deletedGroups()
                .values()
                .forEach(deleted -> awaitUnless(GroupIdNotFoundException.class, deleted, kafka));
    }

    private static void deleteTopics(Admin admin, Traces traces, KafkaSettings kafka) {
        Set<String> existing = await(admin.listTopics().names(), kafka);
        Set<String> doomed = new TreeSet<>();
        if (traces.policy().internalTopics() == Retention.DELETE) {
            existing.stream()
                    .filter(topic ->
                            traces.owns(topic) && !traces.outputTopics().contains(topic))
                    .forEach(doomed::add);
        }
        if (traces.policy().outputTopics() == Retention.DELETE) {
            traces.outputTopics().stream().filter(existing::contains).forEach(doomed::add);
            if (existing.contains(traces.deadLetterTopic())) {
                doomed.add(traces.deadLetterTopic());
            }
        }
        Collection<KafkaFuture<Void>> deletions =
                admin.deleteTopics(doomed).topicNameValues().values();
        deletions.forEach(deleted -> awaitUnless(UnknownTopicOrPartitionException.class, deleted, kafka));
    }

    /** The address, and how the connection is secured, which users write among the consumer's settings. */
    private static Map<String, Object> settings(KafkaSettings kafka, String address) {
        Map<String, Object> settings = new HashMap<>();
        kafka.consumer().forEach((key, value) -> {
            if (key.startsWith("ssl.") || key.startsWith("sasl.") || key.equals("security.protocol")) {
                settings.put(key, value);
            }
        });
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, address);
        settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "velostream-operator");
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis() / 2);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
        return settings;
    }

    private static <E extends Exception> void awaitUnless(
            Class<E> harmless, KafkaFuture<Void> deleted, KafkaSettings kafka) {
        try {
            await(deleted, kafka);
        } catch (KafkaUnreachableException e) {
            if (!harmless.isInstance(e.getCause())) {
                throw e;
            }
        }
    }

    private static <T> T await(KafkaFuture<T> future, KafkaSettings kafka) {
        try {
            return future.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new KafkaUnreachableException(
                    "Kafka at %s said: %s".formatted(kafka.bootstrapServers(), cause.getMessage()), cause);
        } catch (TimeoutException e) {
            throw new KafkaUnreachableException(
                    "Kafka at %s did not answer within %d s".formatted(kafka.bootstrapServers(), TIMEOUT.toSeconds()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaUnreachableException("interrupted while Kafka was asked", e);
        }
    }
}
