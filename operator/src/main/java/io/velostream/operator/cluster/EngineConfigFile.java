package io.velostream.operator.cluster;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.velostream.crd.v1alpha1.EngineConfig;
import io.velostream.crd.v1alpha1.KubeDuration;
import io.velostream.crd.v1alpha1.MemoryManagement;
import io.velostream.crd.v1alpha1.ProcessingConfig;
import io.velostream.crd.v1alpha1.ResourceLimits;
import io.velostream.crd.v1alpha1.VeloClusterSpec;
import io.velostream.operator.resource.InvalidSpecException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The file {@code velostream.yaml} of a cluster's pods, made from its spec. What the spec leaves out the engine decides. */
public final class EngineConfigFile {

    /** The key of the ConfigMap for people: the last good configuration. */
    static final String KEY = "velostream.yaml";

    private static final int SAFE_BATCH = 100;

    private EngineConfigFile() {}

    /** The key of the configuration that a pod starts with; its content never changes. */
    static String key(String hash) {
        return "velostream-" + hash + ".yaml";
    }

    /** The file's text for emergency recovery: small batches, one thread a job, the engine's own limits. */
    static String renderSafe(VeloClusterSpec spec, KubernetesSerialization serialization) {
        Map<String, Object> root = kafka(spec);
        Map<String, Object> processing = new LinkedHashMap<>();
        processing.put("batch_size", SAFE_BATCH);
        processing.put("max_parallelism", 1);
        root.put("processing", processing);
        root.put("logging", Map.of("level", spec.logging().level().value()));
        return serialization.asYaml(root);
    }

    /**
     * The file's text for emergency recovery with somebody's own configuration.
     *
     * @param own without the section {@code kafka}
     * @throws InvalidSpecException when it cannot be read
     */
    static String renderSafe(VeloClusterSpec spec, String own, KubernetesSerialization serialization) {
        Map<String, Object> root = kafka(spec);
        try {
            Map<?, ?> sections = serialization.unmarshal(own, Map.class);
            if (sections != null) {
                sections.forEach((section, content) -> {
                    if (!"kafka".equals(section)) {
                        root.put(String.valueOf(section), content);
                    }
                });
            }
        } catch (RuntimeException e) {
            throw new InvalidSpecException("the configuration of spec.safeConfigRef is no YAML: " + e.getMessage());
        }
        return serialization.asYaml(root);
    }

    /** The file's text. */
    public static String render(VeloClusterSpec spec, KubernetesSerialization serialization) {
        Map<String, Object> root = kafka(spec);
        EngineConfig config = spec.config();
        if (config != null) {
            putUnlessEmpty(root, "resource_limits", resourceLimits(config.resourceLimits()));
            putUnlessEmpty(root, "memory_management", memoryManagement(config.memoryManagement()));
            putUnlessEmpty(root, "processing", processing(config.processing()));
        }
        root.put("logging", Map.of("level", spec.logging().level().value()));
        return serialization.asYaml(root);
    }

    private static Map<String, Object> kafka(VeloClusterSpec spec) {
        Map<String, Object> root = new LinkedHashMap<>();
        Map<String, Object> kafka = new LinkedHashMap<>();
        kafka.put("bootstrap_servers", spec.kafka().bootstrapServers());
        kafka.put("id_prefix", spec.kafka().idPrefix());
        kafka.put("consumer", spec.kafka().consumer());
        kafka.put("producer", spec.kafka().producer());
        root.put("kafka", kafka);
        return root;
    }

    private static Map<String, Object> resourceLimits(@Nullable ResourceLimits limits) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (limits != null) {
            putUnlessNull(map, "max_total_memory", bytes(limits.maxTotalMemory()));
            putUnlessNull(map, "max_operator_memory", bytes(limits.maxOperatorMemory()));
            putUnlessNull(map, "max_windows_per_key", limits.maxWindowsPerKey());
            putUnlessNull(map, "max_aggregation_groups", limits.maxAggregationGroups());
            if (limits.exhaustionPolicy() != null) {
                map.put("exhaustion_policy", limits.exhaustionPolicy().name());
            }
        }
        return map;
    }

    /** The engine takes whole seconds and at least one. */
    private static Map<String, Object> memoryManagement(@Nullable MemoryManagement management) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (management != null) {
            if (management.gcThresholdPercent() != null) {
                map.put("gc_threshold", management.gcThresholdPercent() / 100.0);
            }
            putUnlessNull(map, "cleanup_interval", seconds(management.cleanupInterval()));
            putUnlessNull(map, "history_retention", seconds(management.historyRetention()));
        }
        return map;
    }

    private static @Nullable Long seconds(@Nullable KubeDuration duration) {
        return duration == null
                ? null
                : Long.valueOf(Math.max(1, duration.toDuration().toSeconds()));
    }

    private static Map<String, Object> processing(@Nullable ProcessingConfig processing) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (processing != null) {
            putUnlessNull(map, "batch_size", processing.batchSize());
            putUnlessNull(map, "max_parallelism", processing.maxParallelism());
            putUnlessNull(map, "queue_size", processing.queueSize());
            if (processing.timeout() != null) {
                map.put("timeout_ms", processing.timeout().toDuration().toMillis());
            }
            if (processing.slowRecordThreshold() != null) {
                map.put(
                        "slow_record_threshold_ms",
                        processing.slowRecordThreshold().toDuration().toMillis());
            }
        }
        return map;
    }

    private static @Nullable Long bytes(@Nullable Quantity quantity) {
        return quantity == null
                ? null
                : Long.valueOf(Quantity.getAmountInBytes(quantity).longValue());
    }

    private static void putUnlessNull(Map<String, Object> map, String key, @Nullable Object value) {
        if (value != null) {
            map.put(key, value);
        }
    }

    private static void putUnlessEmpty(Map<String, Object> map, String key, Map<String, Object> value) {
        if (!value.isEmpty()) {
            map.put(key, value);
        }
    }
}
