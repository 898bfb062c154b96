package io.velostream.engine.sql.analysis;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The WITH keys that this version acts on, with their other spellings. */
enum PropertyKey {
    TYPE("type"),
    TOPIC("topic", "topic.name", "kafka_topic"),
    BROKERS("bootstrap.servers", "brokers"),
    FORMAT("format", "value.format", "value_format", "value.serializer", "value.deserializer"),
    KEY_FORMAT("key.format", "key_format"),
    GROUP_ID("group.id"),
    OFFSET_RESET("auto.offset.reset"),
    EVENT_TIME_FIELD("event.time.field", "timestamp"),
    EVENT_TIME_FORMAT("event.time.format", "timestamp_format"),
    WATERMARK_STRATEGY("watermark.strategy"),
    WATERMARK_DISORDER("watermark.max_out_of_orderness", "watermark.max.out.of.orderness"),
    WATERMARK_IDLE("watermark.idle_timeout", "watermark.idle.timeout"),
    WATERMARK_PUNCTUATION("watermark.punctuation.field"),
    LATE_DATA("late.data.strategy", "late_data_strategy"),
    ALLOWED_LATENESS("allowed.lateness", "allowed_lateness_ms", "allowed.lateness.ms"),
    KEY_IN_VALUE("key.in.value"),
    JOIN_TYPE("join.type"),
    JOIN_LOWER_BOUND("join.lower_bound"),
    JOIN_UPPER_BOUND("join.upper_bound"),
    JOIN_RETENTION("join.retention"),
    KEY_WINDOW("key.window"),
    WINDOW_TYPE("window_type"),
    WINDOW_SIZE("window_size"),
    KEY_PASSTHROUGH("key.passthrough"),
    DELIMITER("delimiter", "value_delimiter", "csv.delimiter"),
    PATH("path"),
    WATCHING("watching"),
    FAILURE_STRATEGY("failure_strategy", "sink.failure_strategy", "processor.failure_strategy"),
    DEAD_LETTER_ENABLED("dead.letter.queue.enabled", "enable_dlq"),
    DEAD_LETTER_TOPIC("dead.letter.queue.topic"),
    MAX_RETRIES("max_retries", "retry.max.attempts");

    /** Keys of the language that nothing acts on yet: {@code x.*} stands for all that begin with it. */
    private static final List<String> WITHOUT_EFFECT = List.of(
            "append",
            "batch.*",
            "cache.*",
            "circuit.breaker.*",
            "config_file",
            "dead.letter.queue.*",
            "delivery.guarantee",
            "emit.coalesce",
            "emit.retractions",
            "join.*",
            "json.validate",
            "max.groups",
            "max.joins",
            "max.memory.mb",
            "max.session.windows",
            "memory.pressure.threshold",
            "observability.*",
            "partitions",
            "performance_profile",
            "prometheus.histogram.buckets",
            "replicas",
            "replication.factor",
            "retention",
            "retry.*",
            "retry_backoff",
            "schema.id",
            "schema.registry.url",
            "sink.batch.*",
            "spill.to.disk",
            "state.ttl",
            "table_model",
            "use_transactions",
            "decimal.format");

    private static final Map<String, PropertyKey> BY_SPELLING = new LinkedHashMap<>();

    static {
        for (PropertyKey key : values()) {
            key.spellings.forEach(spelling -> BY_SPELLING.put(spelling, key));
        }
    }

    private final List<String> spellings;

    PropertyKey(String... spellings) {
        this.spellings = List.of(spellings);
    }

    /** Whether the key is about time, so that it holds for every source of a statement that gives it plainly. */
    boolean isTime() {
        return switch (this) {
            case EVENT_TIME_FIELD,
                    EVENT_TIME_FORMAT,
                    WATERMARK_STRATEGY,
                    WATERMARK_DISORDER,
                    WATERMARK_IDLE,
                    WATERMARK_PUNCTUATION,
                    LATE_DATA,
                    ALLOWED_LATENESS,
                    OFFSET_RESET -> true;
            default -> false;
        };
    }

    /** The spelling that messages use. */
    String spelling() {
        return spellings.getFirst();
    }

    static Optional<PropertyKey> of(String key) {
        return Optional.ofNullable(BY_SPELLING.get(key.toLowerCase(Locale.ROOT)));
    }

    /** Whether the key exists but changes nothing in this version. */
    static boolean withoutEffect(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        return WITHOUT_EFFECT.stream()
                .anyMatch(known -> known.endsWith("*")
                        ? lower.startsWith(known.substring(0, known.length() - 1))
                        : lower.equals(known));
    }

    /** Whether the key is worth anything to anyone. */
    static boolean known(String key) {
        return of(key).isPresent() || withoutEffect(key) || clientOption(key).isPresent();
    }

    /** The Kafka client option that the key passes through, without {@code kafka.consumer.} or the like. */
    static Optional<String> clientOption(String key) {
        for (String prefix : List.of("kafka.consumer.", "kafka.producer.", "consumer.", "producer.")) {
            if (key.startsWith(prefix)) {
                return Optional.of(key.substring(prefix.length()));
            }
        }
        return KafkaClientOptions.consumes(key) || KafkaClientOptions.produces(key)
                ? Optional.of(key)
                : Optional.empty();
    }

    /** Every known spelling, to find the nearest. */
    static Set<String> allSpellings() {
        Set<String> all = new TreeSet<>(BY_SPELLING.keySet());
        WITHOUT_EFFECT.stream().filter(key -> !key.endsWith("*")).forEach(all::add);
        all.addAll(KafkaClientOptions.names());
        return all;
    }
}
