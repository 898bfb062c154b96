package io.velostream.local.apiserver.memory;

import java.util.List;
import java.util.Optional;

/**
 * What a path means: {@code /api/v1/namespaces/n/pods/p/status}, {@code /apis/apps/v1/statefulsets}, …
 *
 * @param namespace empty for cluster-wide kinds and for lists over all namespaces
 */
record Target(ResourceType type, String namespace, Optional<String> name, String subresource) {
    static Target parse(List<String> path, TypeRegistry types) {
        boolean core = path.getFirst().equals("api");
        int at = core ? 2 : 3;
        if (path.size() <= at) {
            throw ApiException.noSuchPath();
        }
        String group = core ? "" : path.get(1);
        String version = path.get(at - 1);
        String namespace = "";
        boolean inNamespace = path.get(at).equals("namespaces") && path.size() > at + 2;
        // /namespaces/n/status and /namespaces/n/finalize are about the namespace itself.
        if (inNamespace
                && !(path.size() == at + 3 && List.of("status", "finalize").contains(path.get(at + 2)))) {
            namespace = path.get(at + 1);
            at += 2;
        }
        ResourceType type = types.find(group, version, path.get(at)).orElseThrow(ApiException::noSuchPath);
        if (!type.namespaced() && !namespace.isEmpty()) {
            throw ApiException.noSuchPath();
        }
        return new Target(
                type,
                namespace,
                path.size() > at + 1 ? Optional.of(path.get(at + 1)) : Optional.empty(),
                path.size() > at + 2 ? String.join("/", path.subList(at + 2, path.size())) : "");
    }

    ObjectStore.Key key() {
        return new ObjectStore.Key(
                namespace, name.orElseThrow(() -> ApiException.methodNotAllowed("this method on a whole list")));
    }
}
