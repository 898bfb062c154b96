package io.velostream.engine.runtime.topology;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
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
    private final UnitProgress progress;
    private volatile boolean shut;

    /**
     * @param isSource whether a topic is the user's, not one of ours between stages
     */
    IntakeGate(Predicate<String> isSource, UnitProgress progress) {
        this.isSource = isSource;
        this.progress = progress;
    }

    void shut() {
        shut = true;
    }

    void open() {
        shut = false;
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
        private boolean applied;

        Handler(Consumer<byte[], byte[]> delegate) {
            this.delegate = delegate;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            switch (method.getName()) {
                case "poll" -> apply();
                case "pause" -> pausedByStreams.addAll(partitions(arguments));
                case "resume" -> {
                    Set<TopicPartition> resumed = new HashSet<>(partitions(arguments));
                    pausedByStreams.removeAll(resumed);
                    if (applied) {
                        resumed.removeIf(partition -> isSource.test(partition.topic()));
                    }
                    delegate.resume(resumed);
                    return null;
                }
                default -> {}
            }
            try {
                Object result = method.invoke(delegate, arguments);
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

        /** Before each poll, since an assignment may have brought partitions that nobody has paused yet. */
        private void apply() {
            Set<TopicPartition> sources = new HashSet<>(delegate.assignment());
            sources.removeIf(partition -> !isSource.test(partition.topic()));
            pausedByStreams.retainAll(delegate.assignment());
            if (shut) {
                delegate.pause(sources);
            } else if (applied) {
                sources.removeAll(pausedByStreams);
                delegate.resume(sources);
            }
            applied = shut;
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
