package io.velostream.engine.config;

import io.velostream.engine.config.ConfigKey.ClientOptions;
import io.velostream.engine.config.ConfigKey.Scalar;
import io.velostream.engine.config.EngineConfig.LogLevel;
import io.velostream.engine.config.EngineConfig.ProfilingMode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Every key of {@code velostream.yaml}, in the order of the reference page (runbook, “Performance Tuning”). */
final class ConfigCatalogue {

    private static final long MIB = 1L << 20;
    /** No group is smaller. */
    private static final long LEAST_GROUP = 32;

    private static final Pattern SERVER = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]+):[0-9]{1,5}");
    private static final Predicate<String> ID_PREFIX =
            Pattern.compile("[A-Za-z0-9._-]{0,100}").asMatchPredicate();

    static final Scalar<String> BOOTSTRAP_SERVERS = Scalar.required(
            "kafka.bootstrap_servers",
            ValueType.text("host:port, several joined by commas", ConfigCatalogue::areServers),
            "Kafka brokers to begin with.");
    static final Scalar<String> ID_PREFIX_KEY = Scalar.of(
                    "kafka.id_prefix",
                    ValueType.text("up to 100 letters, digits, dots, underscores and hyphens", ID_PREFIX),
                    "velostream.",
                    "Begins the names of groups, transactions and internal topics, so that one prefixed ACL is enough.")
            .withoutEffectYet();
    static final ClientOptions CONSUMER = new ClientOptions(
            "kafka.consumer",
            ConsumerConfig.configDef(),
            Set.of(
                    "bootstrap.servers",
                    "group.id",
                    "group.instance.id",
                    "group.protocol",
                    "group.remote.assignor",
                    "partition.assignment.strategy",
                    "key.deserializer",
                    "value.deserializer",
                    "isolation.level",
                    "enable.auto.commit",
                    "auto.commit.interval.ms",
                    "allow.auto.create.topics",
                    "interceptor.classes",
                    "client.id"),
            "Options of the Kafka consumers by Kafka's own names, such as `fetch.min.bytes`. `security.protocol`, `ssl.…` and `sasl.…` given here hold for every client. Where a job begins is the job's to say, so `auto.offset.reset` is ignored.");
    static final ClientOptions PRODUCER = new ClientOptions(
            "kafka.producer",
            ProducerConfig.configDef(),
            Set.of(
                    "bootstrap.servers",
                    "key.serializer",
                    "value.serializer",
                    "transactional.id",
                    "enable.idempotence",
                    "interceptor.classes",
                    "partitioner.class",
                    "client.id"),
            "Options of the Kafka producers by Kafka's own names, such as `linger.ms`.");

    static final Scalar<Long> MAX_TOTAL_MEMORY = Scalar.derived(
                    "resource_limits.max_total_memory",
                    ValueType.bytes(16 * MIB),
                    "80 % of the largest heap",
                    values -> values.pod().heapBytes() / 5 * 4,
                    "Bytes that state, buffers and caches of all operators may take.")
            .acts(ConfigEffect.AT_ONCE);
    static final Scalar<Long> MAX_OPERATOR_MEMORY = Scalar.derived(
                    "resource_limits.max_operator_memory",
                    ValueType.bytes(MIB),
                    "a quarter of `max_total_memory`",
                    values -> values.get(MAX_TOTAL_MEMORY) / 4,
                    "Bytes that the state of one operator may take; at most `max_total_memory`.")
            .acts(ConfigEffect.AT_ONCE);
    static final Scalar<Integer> MAX_WINDOWS_PER_KEY = Scalar.of(
                    "resource_limits.max_windows_per_key",
                    ValueType.wholeNumber(1, Integer.MAX_VALUE),
                    10_000,
                    "Windows that one key may have open; a record that would open another fails.")
            .acts(ConfigEffect.AT_ONCE);
    static final Scalar<Integer> MAX_AGGREGATION_GROUPS = Scalar.derived(
                    "resource_limits.max_aggregation_groups",
                    ValueType.wholeNumber(1, Integer.MAX_VALUE),
                    "as many as `max_operator_memory` holds",
                    values -> (int) Math.min(Integer.MAX_VALUE, values.get(MAX_OPERATOR_MEMORY) / LEAST_GROUP),
                    "Groups that one aggregation may hold in memory on a pod; what is done with more, `exhaustion_policy` says.")
            .acts(ConfigEffect.AT_ONCE);
    static final Scalar<ExhaustionPolicy> EXHAUSTION_POLICY = Scalar.of(
                    "resource_limits.exhaustion_policy",
                    ValueType.oneOf(ExhaustionPolicy.class),
                    ExhaustionPolicy.SPILL,
                    "What is done when state reaches its limit. `SPILL`: what was not needed lately goes to disk; `BACK_PRESSURE`: the input waits; `DEAD_LETTER`: records go to the query's error strategy; `FAIL`: the unit fails. A state that cannot go to disk does as with `DEAD_LETTER`.")
            .acts(ConfigEffect.PROCESSING_RESTART);

    static final Scalar<Double> GC_THRESHOLD = Scalar.of(
                    "memory_management.gc_threshold",
                    ValueType.share(),
                    0.8,
                    "Share of `max_total_memory` at which a clean-up starts: of that, less 64 MiB for the program, state gets one half.")
            .acts(ConfigEffect.AT_ONCE);
    static final Scalar<Integer> CLEANUP_INTERVAL = Scalar.of(
                    "memory_management.cleanup_interval",
                    ValueType.wholeNumber(1, 86_400),
                    300,
                    "Seconds between clean-ups: when memory is above `gc_threshold`, half of the state in memory goes to disk, where it can; disk that no state needs any more is given back.")
            .acts(ConfigEffect.AT_ONCE);
    static final Scalar<Integer> HISTORY_RETENTION = Scalar.of(
                    "memory_management.history_retention",
                    ValueType.wholeNumber(1, Integer.MAX_VALUE),
                    3600,
                    "Seconds for which the figures behind `GET /admin/resources/analysis` and `…/recommendations` are kept; a day at most.")
            .acts(ConfigEffect.AT_ONCE);

    static final Scalar<Integer> BATCH_SIZE = Scalar.of(
                    "processing.batch_size",
                    ValueType.wholeNumber(1, 1_000_000),
                    10_000,
                    "Records that are processed as one batch at most.")
            .alsoSpelt("performance.batch_size")
            .acts(ConfigEffect.AT_ONCE);
    static final Scalar<Integer> MAX_PARALLELISM = Scalar.derived(
                    "processing.max_parallelism",
                    ValueType.wholeNumber(1, 256),
                    "the processors of the pod",
                    values -> values.pod().processors(),
                    "Stream threads of one job on this pod at most.")
            .alsoSpelt("processing.parallelism")
            .acts(ConfigEffect.AT_ONCE);
    static final Scalar<Integer> QUEUE_SIZE = Scalar.of(
                    "processing.queue_size",
                    ValueType.wholeNumber(1, 10_000_000),
                    10_000,
                    "Records of one partition that are read ahead at most.")
            .withoutEffectYet();
    static final Scalar<Long> TIMEOUT = Scalar.of(
                    "processing.timeout_ms",
                    ValueType.milliseconds(1_000),
                    30_000L,
                    "Milliseconds after which an unfinished call counts as failed.")
            .withoutEffectYet();

    static final Scalar<Long> SLOW_RECORD_THRESHOLD = Scalar.of(
                    "processing.slow_record_threshold_ms",
                    ValueType.milliseconds(1),
                    1_000L,
                    "Milliseconds that a batch may take before a warning `processing_time … exceeded …` is logged.")
            .acts(ConfigEffect.AT_ONCE);

    static final Scalar<Boolean> ENABLE_CACHING = Scalar.of(
                    "performance.enable_caching", ValueType.flag(), true, "Whether results of repeated reads are kept.")
            .withoutEffectYet();

    static final Scalar<Integer> FAILURE_THRESHOLD = Scalar.of(
                    "circuit_breaker.failure_threshold",
                    ValueType.wholeNumber(1, 10_000),
                    10,
                    "Failures in a row after which a circuit breaker opens: of commits, of a transaction's sends, of looks at Kafka or a topic.")
            .acts(ConfigEffect.AT_ONCE);
    static final Scalar<Integer> OPEN_SECONDS = Scalar.of(
                    "circuit_breaker.timeout_seconds",
                    ValueType.wholeNumber(1, 86_400),
                    60,
                    "Seconds for which a breaker stays open.")
            .acts(ConfigEffect.AT_ONCE);
    static final Scalar<Integer> RECOVERY_TIMEOUT = Scalar.of(
                    "circuit_breaker.recovery_timeout",
                    ValueType.wholeNumber(1, 86_400),
                    30,
                    "Seconds within which a trial must end well; else the breaker opens again.")
            .acts(ConfigEffect.AT_ONCE);
    static final Scalar<Integer> SUCCESS_THRESHOLD = Scalar.of(
                    "circuit_breaker.success_threshold",
                    ValueType.wholeNumber(1, 10_000),
                    3,
                    "Successes of a trial, in a row, after which a breaker closes.")
            .acts(ConfigEffect.AT_ONCE);

    static final Scalar<Integer> METRICS_RETENTION = Scalar.of(
            "metrics.retention_days",
            ValueType.wholeNumber(1, 366),
            30,
            "Days for which the history of the metrics is kept on the state volume: a day by minutes, a week by ten minutes, the rest by hours.");

    static final Scalar<LogLevel> LOG_LEVEL = Scalar.of(
                    "logging.level",
                    ValueType.oneOf(LogLevel.class),
                    LogLevel.INFO,
                    "Least severe level that is logged. Kafka's clients log from WARN on, and from INFO on when this is DEBUG or TRACE.")
            .acts(ConfigEffect.AT_ONCE);

    static final Scalar<String> LOG_DIRECTORY = Scalar.derived(
            "logging.directory",
            ValueType.text("an absolute path", text -> text.startsWith("/")),
            "none",
            values -> "",
            "Directory of log files beside standard output, such as `/var/log/velostream`: `application.log` as text and `application.json` as JSON. A pod needs a volume there.");
    static final Scalar<Long> LOG_FILE_SIZE = Scalar.of(
            "logging.max_file_size",
            ValueType.bytes(4096),
            10 * MIB,
            "Bytes after which a log file is set aside as `.1`, and a new one begun.");
    static final Scalar<Integer> LOG_FILES = Scalar.of(
            "logging.max_files",
            ValueType.wholeNumber(2, 1000),
            5,
            "Log files of each kind at most, the one that is being written included.");

    static final Scalar<ProfilingMode> PROFILING = Scalar.of(
                    "profiling.mode",
                    ValueType.oneOf(ProfilingMode.class),
                    ProfilingMode.ON_DEMAND,
                    "Whether `GET /admin/profile` may sample the threads. It costs nothing until it is asked for.")
            .acts(ConfigEffect.AT_ONCE);

    /** All of them. */
    static final List<ConfigKey> ALL = List.of(
            BOOTSTRAP_SERVERS,
            ID_PREFIX_KEY,
            CONSUMER,
            PRODUCER,
            MAX_TOTAL_MEMORY,
            MAX_OPERATOR_MEMORY,
            MAX_WINDOWS_PER_KEY,
            MAX_AGGREGATION_GROUPS,
            EXHAUSTION_POLICY,
            GC_THRESHOLD,
            CLEANUP_INTERVAL,
            HISTORY_RETENTION,
            BATCH_SIZE,
            MAX_PARALLELISM,
            QUEUE_SIZE,
            TIMEOUT,
            SLOW_RECORD_THRESHOLD,
            ENABLE_CACHING,
            FAILURE_THRESHOLD,
            OPEN_SECONDS,
            RECOVERY_TIMEOUT,
            SUCCESS_THRESHOLD,
            METRICS_RETENTION,
            LOG_LEVEL,
            LOG_DIRECTORY,
            LOG_FILE_SIZE,
            LOG_FILES,
            PROFILING);

    private static final Map<String, ConfigKey> BY_PATH = byPath();

    private ConfigCatalogue() {}

    /** The keys by every spelling of their path. */
    static Map<String, ConfigKey> byEverySpelling() {
        return BY_PATH;
    }

    /** The sections. */
    static Set<String> sections() {
        Set<String> sections = new LinkedHashSet<>();
        BY_PATH.keySet().forEach(path -> sections.add(path.substring(0, path.indexOf('.'))));
        return sections;
    }

    /** The typed model. */
    static EngineConfig model(ConfigValues values) {
        return new EngineConfig(
                new EngineConfig.Kafka(
                        values.get(BOOTSTRAP_SERVERS),
                        values.get(ID_PREFIX_KEY),
                        values.get(CONSUMER),
                        values.get(PRODUCER)),
                new EngineConfig.ResourceLimits(
                        values.get(MAX_TOTAL_MEMORY),
                        values.get(MAX_OPERATOR_MEMORY),
                        values.get(MAX_WINDOWS_PER_KEY),
                        values.get(MAX_AGGREGATION_GROUPS),
                        values.get(EXHAUSTION_POLICY)),
                new EngineConfig.MemoryManagement(
                        values.get(GC_THRESHOLD), values.get(CLEANUP_INTERVAL), values.get(HISTORY_RETENTION)),
                new EngineConfig.Processing(
                        values.get(BATCH_SIZE),
                        values.get(MAX_PARALLELISM),
                        values.get(QUEUE_SIZE),
                        values.get(TIMEOUT),
                        values.get(SLOW_RECORD_THRESHOLD)),
                new EngineConfig.Performance(values.get(ENABLE_CACHING)),
                new EngineConfig.CircuitBreaker(
                        values.get(FAILURE_THRESHOLD),
                        values.get(OPEN_SECONDS),
                        values.get(RECOVERY_TIMEOUT),
                        values.get(SUCCESS_THRESHOLD)),
                new EngineConfig.Metrics(values.get(METRICS_RETENTION)),
                new EngineConfig.Logging(values.get(LOG_LEVEL), logFile(values)),
                new EngineConfig.Profiling(values.get(PROFILING)));
    }

    private static Optional<EngineConfig.LogFile> logFile(ConfigValues values) {
        return values.given(LOG_DIRECTORY)
                .map(directory ->
                        new EngineConfig.LogFile(directory, values.get(LOG_FILE_SIZE), values.get(LOG_FILES)));
    }

    private static Map<String, ConfigKey> byPath() {
        Map<String, ConfigKey> keys = new LinkedHashMap<>();
        for (ConfigKey key : ALL) {
            keys.put(key.path(), key);
            if (key instanceof Scalar<?> scalar) {
                scalar.otherSpellings().forEach(path -> keys.put(path, key));
            }
        }
        return Collections.unmodifiableMap(keys);
    }

    private static boolean areServers(String text) {
        for (String server : text.split(",", -1)) {
            String address = server.strip();
            if (!SERVER.matcher(address).matches()) {
                return false;
            }
            int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
            if (port < 1 || port > 65_535) {
                return false;
            }
        }
        return true;
    }
}
