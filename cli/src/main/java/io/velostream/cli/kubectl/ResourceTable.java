package io.velostream.cli.kubectl;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Prints resources as {@code kubectl get} would: by the printer columns of their CRD. */
public final class ResourceTable {

    /** {@code conditions[?(@.type=="Ready")]}: the one filter that printer columns use. */
    private static final Pattern FILTER = Pattern.compile("(\\w+)\\[\\?\\(@\\.(\\w+)==\"([^\"]*)\"\\)]");

    private static final Pattern PATH_PART = Pattern.compile("\\.(\\w+(?:\\[\\?\\([^)]*\\)])?)");
    private static final String GAP = "   ";

    private final Clock clock;

    /**
     * @param clock for the age
     */
    public ResourceTable(Clock clock) {
        this.clock = clock;
    }

    /** The lines, a head line first. */
    public List<String> lines(CustomResourceDefinition crd, List<GenericKubernetesResource> resources) {
        List<CustomResourceColumnDefinition> columns = crd.getSpec().getVersions().stream()
                .filter(version -> Boolean.TRUE.equals(version.getStorage()))
                .map(CustomResourceDefinitionVersion::getAdditionalPrinterColumns)
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .filter(column -> column.getPriority() == null || column.getPriority() == 0)
                .toList();
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("NAME"));
        columns.forEach(column -> head.add(column.getName().toUpperCase(java.util.Locale.ROOT)));
        rows.add(head);
        for (GenericKubernetesResource resource : resources) {
            List<String> row = new ArrayList<>(List.of(resource.getMetadata().getName()));
            columns.forEach(column -> row.add(cell(column, resource)));
            rows.add(row);
        }
        return align(rows);
    }

    private String cell(CustomResourceColumnDefinition column, GenericKubernetesResource resource) {
        if ("date".equals(column.getType())) {
            return age(resource.getMetadata().getCreationTimestamp());
        }
        return value(resource, column.getJsonPath()).map(Object::toString).orElse("");
    }

    /** The value at a printer column's path, such as {@code .status.conditions[?(@.type=="Ready")].status}. */
    public static Optional<Object> value(GenericKubernetesResource resource, String path) {
        @Nullable Object current = resource.getAdditionalProperties();
        if (path.startsWith(".metadata.")) {
            return Optional.empty();
        }
        Matcher parts = PATH_PART.matcher(path);
        while (parts.find() && current != null) {
            current = step(current, parts.group(1));
        }
        return Optional.ofNullable(current);
    }

    private static @Nullable Object step(Object current, String part) {
        Matcher filter = FILTER.matcher(part);
        if (!(current instanceof Map<?, ?> map)) {
            return null;
        }
        if (!filter.matches()) {
            return map.get(part);
        }
        if (!(map.get(filter.group(1)) instanceof List<?> elements)) {
            return null;
        }
        for (Object element : elements) {
            if (element instanceof Map<?, ?> fields && filter.group(3).equals(fields.get(filter.group(2)))) {
                return element;
            }
        }
        return null;
    }

    private String age(@Nullable String created) {
        if (created == null) {
            return "<unknown>";
        }
        Duration age = Duration.between(Instant.parse(created), clock.instant());
        if (age.toMinutes() < 2) {
            return Math.max(0, age.toSeconds()) + "s";
        }
        if (age.toHours() < 2) {
            return age.toMinutes() + "m";
        }
        return age.toDays() < 2 ? age.toHours() + "h" : age.toDays() + "d";
    }

    private static List<String> align(List<List<String>> rows) {
        int[] widths = new int[rows.getFirst().size()];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        return rows.stream()
                .map(row -> {
                    StringBuilder line = new StringBuilder();
                    for (int i = 0; i < widths.length; i++) {
                        line.append(row.get(i))
                                .repeat(" ", widths[i] - row.get(i).length())
                                .append(GAP);
                    }
                    return line.toString().stripTrailing();
                })
                .toList();
    }
}
