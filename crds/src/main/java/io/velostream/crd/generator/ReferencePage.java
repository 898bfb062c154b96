package io.velostream.crd.generator;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The reference of both resources as Markdown, from the generated CRDs. */
final class ReferencePage {

    /** Parts that stand under another kind already. */
    private static final Map<String, String> ELSEWHERE =
            Map.of("VeloStreamJob.spec.cluster", "as the spec of a VeloCluster");

    private final StringBuilder text = new StringBuilder();

    private ReferencePage() {}

    static String of(List<CustomResourceDefinition> crds) {
        ReferencePage page = new ReferencePage();
        page.text.append("<!-- Generated from the CRDs: ./mvnw process-classes -pl crds -Dcrds.update -->\n");
        page.text.append("# Resources\n\n");
        page.text.append(
                "Group `velostream.io`, version `v1alpha1`, namespaced. `kubectl explain vc.spec` says the same.\n");
        crds.forEach(page::resource);
        return page.text.toString();
    }

    private void resource(CustomResourceDefinition crd) {
        String kind = crd.getSpec().getNames().getKind();
        JSONSchemaProps root =
                crd.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
        text.append("\n## %s (`%s`)\n\n%s\n"
                .formatted(kind, crd.getSpec().getNames().getShortNames().getFirst(), root.getDescription()));
        rules(root);
        for (String part : List.of("spec", "status")) {
            text.append("\n### %s\n\n| field | type | default | |\n| --- | --- | --- | --- |\n".formatted(part));
            fields(kind + "." + part, "", Schema.root(root).at(part).props());
        }
    }

    private void fields(String path, String prefix, JSONSchemaProps schema) {
        schema.getProperties().forEach((name, field) -> {
            String at = path + "." + name;
            boolean required = schema.getRequired().contains(name);
            text.append("| `%s%s`%s | %s | %s | %s%s |\n"
                    .formatted(
                            prefix,
                            name,
                            required ? " (required)" : "",
                            type(field),
                            defaultValue(field),
                            cell(String.valueOf(field.getDescription())),
                            ruleTexts(field)));
            if (ELSEWHERE.containsKey(at)) {
                return;
            }
            fields(at, prefix + name + ".", field);
            if (field.getItems() != null && field.getItems().getSchema() != null) {
                fields(at + "[]", prefix + name + "[].", field.getItems().getSchema());
            }
        });
    }

    private void rules(JSONSchemaProps root) {
        root.getXKubernetesValidations()
                .forEach(rule -> text.append("\nRefused otherwise: %s.\n".formatted(rule.getMessage())));
        Schema.root(root)
                .at("spec")
                .props()
                .getXKubernetesValidations()
                .forEach(rule -> text.append("\nRefused otherwise: %s.\n".formatted(rule.getMessage())));
    }

    private static String ruleTexts(JSONSchemaProps field) {
        return field.getXKubernetesValidations().stream()
                .map(ValidationRule::getMessage)
                .map(message -> " Rule: " + cell(message) + ".")
                .collect(Collectors.joining());
    }

    private static String type(JSONSchemaProps field) {
        if (!field.getEnum().isEmpty()) {
            return field.getEnum().stream().map(JsonNode::asText).collect(Collectors.joining(", "));
        }
        if (Boolean.TRUE.equals(field.getXKubernetesIntOrString())) {
            return "quantity";
        }
        if (field.getAdditionalProperties() != null) {
            return "map";
        }
        String bounds = "integer".equals(field.getType()) && field.getMaximum() != null
                ? " %.0f to %.0f".formatted(field.getMinimum(), field.getMaximum())
                : field.getMaxItems() != null ? ", at most " + field.getMaxItems() : "";
        return field.getType() + ("date-time".equals(field.getFormat()) ? " (RFC 3339)" : bounds);
    }

    private static String defaultValue(JSONSchemaProps field) {
        JsonNode value = field.getDefault();
        return value == null || value.isObject() ? "" : "`" + value.asText() + "`";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
