package io.velostream.operator.cluster;

import io.velostream.crd.v1alpha1.ConfigStrategy;
import io.velostream.crd.v1alpha1.DesiredState;
import io.velostream.crd.v1alpha1.DrainTimeoutPolicy;
import io.velostream.crd.v1alpha1.EngineConfig;
import io.velostream.crd.v1alpha1.ExhaustionPolicy;
import io.velostream.crd.v1alpha1.LogFormat;
import io.velostream.crd.v1alpha1.LogLevel;
import io.velostream.crd.v1alpha1.Retention;
import io.velostream.crd.v1alpha1.TopicPolicy;
import io.velostream.crd.v1alpha1.VeloClusterSpec;
import io.velostream.operator.resource.InvalidSpecException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Refuses a spec with values that a newer version stored: guessing what they mean could lose data. */
final class UnknownValues {

    private UnknownValues() {}

    /** @throws InvalidSpecException naming every such field */
    static void refuse(VeloClusterSpec spec) {
        List<String> unknown = new ArrayList<>();
        check(unknown, "desiredState", spec.desiredState() == DesiredState.UNKNOWN);
        check(unknown, "drain.onTimeout", spec.drain().onTimeout() == DrainTimeoutPolicy.UNKNOWN);
        check(unknown, "storage.whenDeleted", spec.storage().whenDeleted() == Retention.UNKNOWN);
        check(unknown, "storage.whenScaled", spec.storage().whenScaled() == Retention.UNKNOWN);
        check(unknown, "kafka.topicPolicy", spec.kafka().topicPolicy() == TopicPolicy.UNKNOWN);
        check(unknown, "configRollout.strategy", spec.configRollout().strategy() == ConfigStrategy.UNKNOWN);
        check(unknown, "config.resourceLimits.exhaustionPolicy", hasUnknownPolicy(spec.config()));
        check(unknown, "logging.level", spec.logging().level() == LogLevel.UNKNOWN);
        check(unknown, "logging.format", spec.logging().format() == LogFormat.UNKNOWN);
        if (!unknown.isEmpty()) {
            throw new InvalidSpecException("spec." + String.join(", spec.", unknown)
                    + ": a value that this operator does not know; upgrade the operator or change the value");
        }
    }

    private static boolean hasUnknownPolicy(@Nullable EngineConfig config) {
        return config != null
                && config.resourceLimits() != null
                && config.resourceLimits().exhaustionPolicy() == ExhaustionPolicy.UNKNOWN;
    }

    private static void check(List<String> unknown, String field, boolean isUnknown) {
        if (isUnknown) {
            unknown.add(field);
        }
    }
}
