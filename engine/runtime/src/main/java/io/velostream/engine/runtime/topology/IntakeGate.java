package io.velostream.engine.runtime.topology;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Stops and opens the intake of a unit: while it is shut, the partitions of source topics are paused in the consumer,
 * which goes on polling, so that membership and repartition topics stay alive and what was read is finished.
 * {@code KafkaStreams.pause()} would stop the repartition topics too. The gate knows what Streams itself paused, and
 * gives back exactly that when it opens.
 */
final class IntakeGate {

    private final Predicate<String> isSource;
    private final Predicate<String> isTable;
    private final UnitProgress progress;
    private volatile boolean shut;
    private volatile Set<String> shutTopics = Set.of();

    /**
     * @param isSource whether a topic is the user's, not one of ours between stages
     */
    IntakeGate(Predicate<String> isSource, UnitProgress progress) {
        this(isSource, topic -> false, progress);
    }

    /**
     * The same for a unit with tables.
     *
     * @param isTable whether a topic is read as a table
     */
    IntakeGate(Predicate<String> isSource, Predicate<String> isTable, UnitProgress progress) {
        this.isSource = isSource;
        this.isTable = isTable;
        this.progress = progress;
    }

    void shut() {
        shut = true;
    }

    void open() {
        shut = false;
    }

    /** Of the sources only these are not read while the gate is open; empty for none. */
    void shutOnly(Set<String> topics) {
        shutTopics = Set.copyOf(topics);
    }

    private boolean isShut(String topic) {
        return (shut || shutTopics.contains(topic)) && isSource.test(topic);
    }

    /** The consumer behind the gate. One handler a consumer, used by its thread only. */
    @SuppressWarnings("unchecked")
    Consumer<byte[], byte[]> guard(Consumer<byte[], byte[]> consumer) {
        return (Consumer<byte[], byte[]>) Proxy.newProxyInstance(
                IntakeGate.class.getClassLoader(), new Class<?>[] {Consumer.class}, new Handler(consumer));
    }

    private final class Handler implements InvocationHandler {
        private final Consumer<byte[], byte[]> delegate;
        private final Set<TopicPartition> pausedByStreams = new HashSet<>();
        private final Set<TopicPartition> pausedByUs = new HashSet<>();
        private final TableEnds ends;

        Handler(Consumer<byte[], byte[]> delegate) {
            this.delegate = delegate;
            this.ends = new TableEnds(delegate, isTable, progress);
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            switch (method.getName()) {
                case "poll" -> apply();
                case "pause" -> pausedByStreams.addAll(partitions(arguments));
                case "resume" -> {
                    Set<TopicPartition> resumed = new HashSet<>(partitions(arguments));
                    pausedByStreams.removeAll(resumed);
                    resumed.removeIf(partition -> pausedByUs.contains(partition) || progress.isHeld(partition));
                    delegate.resume(resumed);
                    return null;
                }
                case "currentLag" -> {
                    // Streams waits for a partition that has records; one that is held must not stop the others.
                    if (arguments != null
                            && arguments[0] instanceof TopicPartition partition
                            && progress.isHeld(partition)) {
                        return OptionalLong.of(0);
                    }
                }
                default -> {}
            }
            try {
                Object result = method.invoke(delegate, arguments);
                if (result instanceof ConsumerRecords<?, ?> records) {
                    ends.polled(records);
                    noteWaiting();
                }
                if (method.getName().equals("commitSync")
                        && arguments != null
                        && arguments.length > 0
                        && arguments[0] instanceof Map<?, ?>) {
                    progress.committed(offsets(arguments[0]));
                }
                return result;
            } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
            }
        }

        private void noteWaiting() {
            for (TopicPartition partition : delegate.assignment()) {
                if (isSource.test(partition.topic())) {
                    progress.waits(partition, delegate.currentLag(partition).orElse(0) > 0);
                }
            }
        }

        /** Before each poll, since an assignment may have brought partitions that nobody has paused yet. */
        private void apply() {
            Set<TopicPartition> assigned = delegate.assignment();
            Set<TopicPartition> wanted = new HashSet<>();
            for (TopicPartition partition : assigned) {
                if (isShut(partition.topic()) || progress.isHeld(partition)) {
                    wanted.add(partition);
                }
            }
            pausedByStreams.retainAll(assigned);
            pausedByUs.retainAll(assigned);
            if (!wanted.isEmpty()) {
                delegate.pause(wanted);
            }
            pausedByUs.removeAll(wanted);
            pausedByUs.removeAll(pausedByStreams);
            if (!pausedByUs.isEmpty()) {
                delegate.resume(pausedByUs);
            }
            pausedByUs.clear();
            pausedByUs.addAll(wanted);
        }

        @SuppressWarnings("unchecked")
        private static Collection<TopicPartition> partitions(Object @Nullable [] arguments) {
            return arguments == null ? Set.of() : (Collection<TopicPartition>) arguments[0];
        }

        @SuppressWarnings("unchecked")
        private static Map<TopicPartition, OffsetAndMetadata> offsets(Object argument) {
            return (Map<TopicPartition, OffsetAndMetadata>) argument;
        }
    }
}
