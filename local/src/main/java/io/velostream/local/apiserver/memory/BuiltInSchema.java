package io.velostream.local.apiserver.memory;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The lists of the built-in kinds that merge item by item, by field name. The same names mean the same thing in all kinds that
 * are served, but for {@code ports}.
 */
record BuiltInSchema(String name) implements Schema {
    static final BuiltInSchema ROOT = new BuiltInSchema("");

    private static final Map<String, List<String>> KEYS = Map.ofEntries(
            Map.entry("containers", List.of("name")),
            Map.entry("initContainers", List.of("name")),
            Map.entry("ephemeralContainers", List.of("name")),
            Map.entry("env", List.of("name")),
            Map.entry("volumes", List.of("name")),
            Map.entry("volumeMounts", List.of("mountPath")),
            Map.entry("volumeDevices", List.of("devicePath")),
            Map.entry("imagePullSecrets", List.of("name")),
            Map.entry("hostAliases", List.of("ip")),
            Map.entry("topologySpreadConstraints", List.of("topologyKey", "whenUnsatisfiable")),
            Map.entry("readinessGates", List.of("conditionType")),
            Map.entry("conditions", List.of("type")),
            Map.entry("ownerReferences", List.of("uid")),
            Map.entry("addresses", List.of("type")),
            Map.entry("podIPs", List.of("ip")));
    private static final Set<String> SETS = Set.of("finalizers");

    @Override
    public Schema field(String field) {
        return new BuiltInSchema(field);
    }

    @Override
    public Schema item() {
        return ROOT;
    }

    @Override
    public Optional<List<String>> listKeys(JsonNode sample) {
        if (name.equals("ports")) {
            String port = sample.has("containerPort") ? "containerPort" : "port";
            return sample.has(port) ? Optional.of(List.of(port, "protocol")) : Optional.empty();
        }
        return Optional.ofNullable(KEYS.get(name)).filter(keys -> keys.stream().allMatch(sample::has));
    }

    @Override
    public boolean isSet() {
        return SETS.contains(name);
    }

    @Override
    public boolean isAtomic() {
        return false;
    }
}
