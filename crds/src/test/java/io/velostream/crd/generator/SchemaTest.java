package io.velostream.crd.generator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.velostream.crd.v1alpha1.VeloClusterSpec;
import io.velostream.crd.v1alpha1.VeloStreamJobSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaTest {

    private static final Map<String, JSONSchemaProps> SCHEMAS = new TreeMap<>();

    @BeforeAll
    static void generate(@TempDir Path folder) throws IOException {
        for (Path file : CrdGenerator.generate(folder)) {
            CustomResourceDefinition crd =
                    Serialization.unmarshal(Files.readString(file), CustomResourceDefinition.class);
            SCHEMAS.put(
                    crd.getSpec().getNames().getKind(),
                    crd.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema());
        }
        assertThat(SCHEMAS).containsOnlyKeys("VeloCluster", "VeloStreamJob");
    }

    @Test
    void describesEveryField() {
        List<String> bare = collect((at, schema) -> schema.getDescription() == null);

        assertThat(bare).isEmpty();
    }

    @Test
    void boundsEveryTextListAndMap() {
        List<String> unbounded = collect((at, schema) -> switch (String.valueOf(schema.getType())) {
            case "string" -> schema.getMaxLength() == null && schema.getEnum().isEmpty() && schema.getFormat() == null;
            case "array" -> schema.getMaxItems() == null;
            case "object" -> schema.getAdditionalProperties() != null && schema.getMaxProperties() == null;
            default -> false;
        });

        assertThat(unbounded).isEmpty();
    }

    @Test
    void usesNoFloatsAndGivesEveryIntegerAWidth() {
        assertThat(collect((at, schema) -> "number".equals(schema.getType()))).isEmpty();
        assertThat(collect((at, schema) -> "integer".equals(schema.getType()) && schema.getFormat() == null))
                .isEmpty();
    }

    @Test
    void offersNoValueOfANewerVersion() {
        List<String> offering =
                collect((at, schema) -> schema.getEnum().contains(JsonNodeFactory.instance.textNode("Unknown")));

        assertThat(offering).isEmpty();
    }

    @Test
    void keysListsThatSeveralWritersShare() {
        List<String> unkeyed = collect(
                (at, schema) -> "array".equals(schema.getType()) && !"map".equals(schema.getXKubernetesListType()));

        assertThat(unkeyed).isEmpty();
    }

    @Test
    void givesTheModelTheSameDefaultsAsTheApiServer() {
        assertSameDefaults("VeloCluster", VeloClusterSpec.class, "{\"kafka\": {\"bootstrapServers\": \"kafka:9092\"}}");
        assertSameDefaults("VeloStreamJob", VeloStreamJobSpec.class, "{}");
    }

    private static void assertSameDefaults(String kind, Class<?> type, String given) {
        ObjectNode byApiServer = (ObjectNode) Serialization.unmarshal(given, JsonNode.class);
        applyDefaults(SCHEMAS.get(kind).getProperties().get("spec"), byApiServer);

        JsonNode byModel = Serialization.jsonMapper().valueToTree(Serialization.unmarshal(given, type));

        assertThat(byModel).isEqualTo(byApiServer);
    }

    /** What an API server does with an object (structural defaulting). */
    private static void applyDefaults(JSONSchemaProps schema, ObjectNode object) {
        schema.getProperties().forEach((name, property) -> {
            if (!object.has(name) && property.getDefault() != null) {
                object.set(name, property.getDefault().deepCopy());
            }
            if (object.get(name) instanceof ObjectNode child) {
                applyDefaults(property, child);
            }
        });
    }

    private static List<String> collect(Finding finding) {
        List<String> found = new ArrayList<>();
        SCHEMAS.forEach((kind, schema) -> walk(kind, schema, (at, s) -> {
            if (finding.applies(at, s)) {
                found.add(at);
            }
        }));
        return found;
    }

    private static void walk(String at, JSONSchemaProps schema, BiConsumer<String, JSONSchemaProps> visit) {
        schema.getProperties().forEach((name, property) -> {
            if (!(at + "." + name).matches("\\w+\\.(apiVersion|kind|metadata)")) {
                visit.accept(at + "." + name, property);
                walk(at + "." + name, property, visit);
            }
        });
        if (schema.getItems() != null && schema.getItems().getSchema() != null) {
            walk(at + "[]", schema.getItems().getSchema(), visit);
        }
    }

    private interface Finding {
        boolean applies(String at, JSONSchemaProps schema);
    }
}
