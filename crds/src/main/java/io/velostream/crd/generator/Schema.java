package io.velostream.crd.generator;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsOrBool;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A place in a CRD's schema, to be changed; a path that does not exist is an error, so that renames are noticed. */
final class Schema {

    static final JSONSchemaProps INT_OR_STRING = new JSONSchemaPropsBuilder()
            .withXKubernetesIntOrString(true)
            .withAnyOf(
                    new JSONSchemaPropsBuilder().withType("integer").build(),
                    new JSONSchemaPropsBuilder().withType("string").build())
            .build();

    /** Whole numbers that can pass two thousand million. */
    private static final Set<String> LONG_PROPERTIES =
            Set.of("observedGeneration", "recordsPerSecond", "throughput", "backlog", "lag", "offset");

    private final String path;
    private final JSONSchemaProps props;

    private Schema(String path, JSONSchemaProps props) {
        this.path = path;
        this.props = props;
    }

    static Schema root(JSONSchemaProps props) {
        return new Schema("", props);
    }

    JSONSchemaProps props() {
        return props;
    }

    Schema at(String... names) {
        Schema at = this;
        for (String name : names) {
            at = new Schema(
                    at.path + "." + name, at.exists(at.props.getProperties().get(name), name));
        }
        return at;
    }

    Schema items() {
        return new Schema(path + "[]", exists(props.getItems(), "items").getSchema());
    }

    Schema describe(String text) {
        props.setDescription(text);
        return this;
    }

    Schema format(String format) {
        props.setFormat(format);
        return this;
    }

    Schema type(String type) {
        props.setType(type);
        return this;
    }

    Schema length(long min, long max) {
        props.setMinLength(min == 0 ? null : min);
        props.setMaxLength(max);
        return this;
    }

    /** Sets the schema of a map's values. */
    void values(JSONSchemaProps values) {
        exists(props.getAdditionalProperties(), "additionalProperties");
        props.setAdditionalProperties(new JSONSchemaPropsOrBool(null, values));
    }

    /** Bounds a map's text values. */
    void valueLength(long max) {
        exists(props.getAdditionalProperties(), "additionalProperties")
                .getSchema()
                .setMaxLength(max);
    }

    void listMap(String... keys) {
        props.setXKubernetesListType("map");
        props.setXKubernetesListMapKeys(List.of(keys));
        JSONSchemaProps item = items().props;
        Set<String> required = new TreeSet<>(item.getRequired());
        required.addAll(List.of(keys));
        item.setRequired(List.copyOf(required));
    }

    void require(String... names) {
        Arrays.stream(names).forEach(this::at);
        Set<String> required = new TreeSet<>(props.getRequired());
        required.addAll(List.of(names));
        props.setRequired(required.stream().toList());
    }

    /** Gives every whole number below this place its width. */
    void formatIntegers() {
        formatIntegers("", props);
    }

    private static void formatIntegers(String name, JSONSchemaProps schema) {
        if ("integer".equals(schema.getType())) {
            schema.setFormat(LONG_PROPERTIES.contains(name) ? "int64" : "int32");
        }
        for (Map.Entry<String, JSONSchemaProps> property :
                schema.getProperties().entrySet()) {
            formatIntegers(property.getKey(), property.getValue());
        }
        if (schema.getItems() != null && schema.getItems().getSchema() != null) {
            formatIntegers("", schema.getItems().getSchema());
        }
    }

    private <T> T exists(@Nullable T value, String name) {
        if (value == null) {
            throw new IllegalStateException("the generated schema has no " + path + "." + name
                    + ": the post-processor still speaks of a field that was renamed or removed");
        }
        return value;
    }
}
