package io.velostream.local.controllers;

import io.fabric8.kubernetes.api.model.APIGroup;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.GroupVersionForDiscovery;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The kinds that an API serves and that can be listed, watched and deleted. */
record ApiKinds(List<ApiKind> kinds) {
    /** One kind. */
    record ApiKind(String apiVersion, String kind, ResourceDefinitionContext context) {
        /** The path of one of its objects. */
        String path(String namespace, String name) {
            String root = context.getGroup() == null || context.getGroup().isEmpty()
                    ? "/api/" + context.getVersion()
                    : "/apis/" + context.getGroup() + "/" + context.getVersion();
            String middle = context.isNamespaceScoped() ? "/namespaces/" + namespace : "";
            return root + middle + "/" + context.getPlural() + "/" + name;
        }
    }

    private static final Set<String> NEEDED = Set.of("list", "watch", "delete");
    /** Many, short-lived, and never owned by anything nor owners. */
    private static final Set<String> SKIPPED = Set.of("events");

    static ApiKinds discover(KubernetesClient client) {
        List<ApiKind> found = new ArrayList<>();
        Stream.concat(
                        Stream.of("v1"),
                        client.getApiGroups().getGroups().stream()
                                .map(APIGroup::getPreferredVersion)
                                .map(GroupVersionForDiscovery::getGroupVersion))
                .forEach(groupVersion -> {
                    APIResourceList resources = client.getApiResources(groupVersion);
                    if (resources != null) {
                        resources.getResources().stream()
                                .filter(ApiKinds::isCollectable)
                                .forEach(resource -> found.add(kind(groupVersion, resource)));
                    }
                });
        return new ApiKinds(found);
    }

    Optional<ApiKind> find(String apiVersion, String kind) {
        String group = groupOf(apiVersion);
        return kinds.stream()
                .filter(candidate -> candidate.kind().equals(kind)
                        && groupOf(candidate.apiVersion()).equals(group))
                .findFirst();
    }

    private static boolean isCollectable(APIResource resource) {
        return !resource.getName().contains("/")
                && resource.getVerbs().containsAll(NEEDED)
                && !SKIPPED.contains(resource.getName());
    }

    private static ApiKind kind(String groupVersion, APIResource resource) {
        String group = groupOf(groupVersion);
        return new ApiKind(
                groupVersion,
                resource.getKind(),
                new ResourceDefinitionContext.Builder()
                        .withGroup(group)
                        .withVersion(groupVersion.substring(groupVersion.indexOf('/') + 1))
                        .withKind(resource.getKind())
                        .withPlural(resource.getName())
                        .withNamespaced(Boolean.TRUE.equals(resource.getNamespaced()))
                        .build());
    }

    private static String groupOf(String apiVersion) {
        return apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
    }
}
