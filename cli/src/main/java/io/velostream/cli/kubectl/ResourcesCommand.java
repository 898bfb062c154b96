package io.velostream.cli.kubectl;

import io.fabric8.kubernetes.api.model.Quantity;
import io.velostream.cli.kubectl.Target.Found;
import io.velostream.cli.kubectl.Target.Kind;
import io.velostream.crd.v1alpha1.ContainerResources;
import io.velostream.crd.v1alpha1.EngineConfig;
import io.velostream.crd.v1alpha1.ResourceLimits;
import io.velostream.crd.v1alpha1.VeloClusterSpec;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Vertical adjustment (runbook, “Scaling Operations”): reads the limits, computes absolute ones, and patches those. */
@Command(
        name = "resources",
        description = "Raise or lower a cluster's memory limits by a percentage.",
        mixinStandardHelpOptions = true)
final class ResourcesCommand {

    private static final BigInteger MEBI = BigInteger.valueOf(1 << 20);
    private static final int HUNDRED = 100;

    @Command(description = "Raise the limits by PERCENT.")
    int increase(
            @Mixin Target target,
            @Parameters(index = "1", paramLabel = "PERCENT", description = "By how much, such as 20.") int percent,
            @Option(names = "--with-pods", description = "Raise the container's memory as well.") boolean withPods) {
        return adjust(target, percent, withPods);
    }

    @Command(description = "Lower the limits by PERCENT.")
    int decrease(
            @Mixin Target target,
            @Parameters(index = "1", paramLabel = "PERCENT", description = "By how much, such as 20.") int percent,
            @Option(names = "--with-pods", description = "Lower the container's memory as well.") boolean withPods) {
        return adjust(target, -percent, withPods);
    }

    private static int adjust(Target target, int percent, boolean withPods) {
        if (percent == 0 || percent <= -HUNDRED || percent > 10 * HUNDRED) {
            throw new IllegalArgumentException("PERCENT is a whole number from 1 to 99 (decrease) or 1000 (increase)");
        }
        try (Found found = target.find(Kind.CLUSTER)) {
            return target.patchAndFollow(
                    found, change(found.cluster().getSpec(), percent, withPods), new Goal.Ready(Set.of("Running")));
        }
    }

    /** The change of the spec, in absolute values. */
    static Map<String, Object> change(VeloClusterSpec spec, int percent, boolean withPods) {
        EngineConfig config = spec.config();
        ResourceLimits limits = config == null ? null : config.resourceLimits();
        if (limits == null || (limits.maxTotalMemory() == null && limits.maxOperatorMemory() == null)) {
            throw new IllegalArgumentException(
                    "The cluster names no config.resourceLimits to start from; set maxTotalMemory first, such as 1Gi");
        }
        Map<String, Object> memory = new LinkedHashMap<>();
        put(memory, "maxTotalMemory", limits.maxTotalMemory(), percent);
        put(memory, "maxOperatorMemory", limits.maxOperatorMemory(), percent);
        Map<String, Object> change = new LinkedHashMap<>();
        change.put("config", Map.of("resourceLimits", memory));
        ContainerResources resources = spec.resources();
        if (withPods && resources != null) {
            Map<String, Object> container = new LinkedHashMap<>();
            memoryOf(container, "requests", resources.requests(), percent);
            memoryOf(container, "limits", resources.limits(), percent);
            change.put("resources", container);
        }
        return change;
    }

    private static void memoryOf(
            Map<String, Object> container, String kind, Map<String, Quantity> amounts, int percent) {
        Map<String, Object> memory = new LinkedHashMap<>();
        put(memory, "memory", amounts.get("memory"), percent);
        if (!memory.isEmpty()) {
            container.put(kind, memory);
        }
    }

    private static void put(Map<String, Object> map, String key, @Nullable Quantity amount, int percent) {
        if (amount != null) {
            map.put(key, scaled(amount, percent));
        }
    }

    /** Rounded down to whole mebibytes where there is one, so that a limit never outgrows what was asked for. */
    static String scaled(Quantity amount, int percent) {
        BigInteger bytes = Quantity.getAmountInBytes(amount)
                .multiply(BigDecimal.valueOf(HUNDRED + (long) percent))
                .divide(BigDecimal.valueOf(HUNDRED), 0, RoundingMode.FLOOR)
                .toBigInteger();
        return bytes.compareTo(MEBI) < 0 ? bytes.toString() : bytes.divide(MEBI) + "Mi";
    }
}
