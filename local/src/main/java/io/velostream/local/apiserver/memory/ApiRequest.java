package io.velostream.local.apiserver.memory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request, free of its transport.
 *
 * @param path decoded segments
 * @param query decoded parameters, the last value of each
 * @param contentType without parameters, lower case
 */
record ApiRequest(
        String method,
        List<String> path,
        Map<String, String> query,
        String contentType,
        String userAgent,
        String body) {
    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final ObjectMapper YAML = YAMLMapper.builder().build();

    String parameter(String name) {
        return query.getOrDefault(name, "");
    }

    boolean flag(String name) {
        String value = parameter(name);
        return value.equals("true") || value.equals("1");
    }

    boolean isWatch() {
        return method.equals("GET") && flag("watch");
    }

    WriteOptions writeOptions() {
        String named = parameter("fieldManager");
        String agent = userAgent.isBlank() ? "unknown" : userAgent.split("[/ ]", 2)[0];
        return new WriteOptions(
                named.isEmpty() ? agent : named,
                flag("force"),
                !parameter("dryRun").isEmpty());
    }

    /** The body as JSON, whether it came as JSON or YAML; a missing node when there is none. */
    JsonNode json() {
        if (body.isBlank()) {
            return JsonNodeFactory.instance.missingNode();
        }
        try {
            char first = body.stripLeading().charAt(0);
            return (first == '{' || first == '[' ? JSON : YAML).readTree(body);
        } catch (JsonProcessingException e) {
            throw ApiException.badRequest("the body cannot be read: " + e.getOriginalMessage());
        }
    }

    ObjectNode object() {
        return Optional.of(json())
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .orElseThrow(() -> ApiException.badRequest("the body is not an object"));
    }
}
