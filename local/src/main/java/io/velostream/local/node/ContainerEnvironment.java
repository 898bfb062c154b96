package io.velostream.local.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A container's environment by Kubernetes' rules: {@code envFrom}, then {@code env} in order with {@code $(NAME)} expanded. */
final class ContainerEnvironment {
    private final DownwardFields fields;
    private final ConfigObjects objects;

    ContainerEnvironment(DownwardFields fields, ConfigObjects objects) {
        this.fields = fields;
        this.objects = objects;
    }

    /** Throws when a ConfigMap, Secret or key that is not optional is missing: the container then waits for it. */
    Map<String, String> of(Container container) throws ContainerConfigException {
        Map<String, String> all = new LinkedHashMap<>();
        for (EnvFromSource source : orEmpty(container.getEnvFrom())) {
            all.putAll(from(source));
        }
        for (EnvVar variable : orEmpty(container.getEnv())) {
            if (variable.getValueFrom() == null) {
                all.put(
                        variable.getName(),
                        expand(Optional.ofNullable(variable.getValue()).orElse(""), all));
            } else {
                valueFrom(variable.getValueFrom(), container).ifPresent(value -> all.put(variable.getName(), value));
            }
        }
        return all;
    }

    /** Replaces {@code $(NAME)}; {@code $$} is a dollar sign; an unknown name stays as it is written. */
    static String expand(String text, Map<String, String> values) {
        StringBuilder result = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '$' && at + 1 < text.length()) {
                char following = text.charAt(at + 1);
                int end = following == '(' ? text.indexOf(')', at) : -1;
                if (following == '$') {
                    result.append('$');
                    at += 2;
                    continue;
                }
                if (end > 0) {
                    String value = values.get(text.substring(at + 2, end));
                    result.append(value == null ? text.substring(at, end + 1) : value);
                    at = end + 1;
                    continue;
                }
            }
            result.append(c);
            at++;
        }
        return result.toString();
    }

    private Map<String, String> from(EnvFromSource source) throws ContainerConfigException {
        String prefix = Optional.ofNullable(source.getPrefix()).orElse("");
        Map<String, String> result = new LinkedHashMap<>();
        if (source.getConfigMapRef() != null) {
            var ref = source.getConfigMapRef();
            var found = objects.configMap(namespace(), ref.getName());
            require(found.isPresent(), ref.getOptional(), "configmap \"" + ref.getName() + "\" not found");
            found.map(map -> map.getData())
                    .ifPresent(data -> data.forEach((key, value) -> result.put(prefix + key, value)));
        }
        if (source.getSecretRef() != null) {
            var ref = source.getSecretRef();
            var found = objects.secret(namespace(), ref.getName());
            require(found.isPresent(), ref.getOptional(), "secret \"" + ref.getName() + "\" not found");
            found.map(Secret::getData)
                    .ifPresent(data -> data.forEach((key, value) -> result.put(prefix + key, decode(value))));
        }
        return result;
    }

    private Optional<String> valueFrom(EnvVarSource source, Container container) throws ContainerConfigException {
        if (source.getFieldRef() != null) {
            return Optional.of(fields.field(source.getFieldRef()));
        }
        if (source.getResourceFieldRef() != null) {
            return Optional.of(fields.resource(source.getResourceFieldRef(), container));
        }
        if (source.getSecretKeyRef() != null) {
            var ref = source.getSecretKeyRef();
            Optional<String> value = objects.secret(namespace(), ref.getName())
                    .map(Secret::getData)
                    .map(data -> data.get(ref.getKey()))
                    .map(ContainerEnvironment::decode);
            require(value.isPresent(), ref.getOptional(), missing(ref.getKey(), "Secret", ref.getName()));
            return value;
        }
        if (source.getConfigMapKeyRef() != null) {
            var ref = source.getConfigMapKeyRef();
            Optional<String> value = objects.configMap(namespace(), ref.getName())
                    .map(map -> map.getData())
                    .map(data -> data.get(ref.getKey()));
            require(value.isPresent(), ref.getOptional(), missing(ref.getKey(), "ConfigMap", ref.getName()));
            return value;
        }
        throw ContainerConfigException.config("an environment variable has a source that this node does not know");
    }

    private String missing(String key, String kind, String name) {
        return "couldn't find key " + key + " in " + kind + " " + namespace() + "/" + name;
    }

    private String namespace() {
        return fields.pod().getMetadata().getNamespace();
    }

    private static void require(boolean present, @Nullable Boolean optional, String message)
            throws ContainerConfigException {
        if (!present && !Boolean.TRUE.equals(optional)) {
            throw ContainerConfigException.config(message);
        }
    }

    private static String decode(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
