package io.velostream.cli.environment;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.velostream.cli.kubectl.ResourceTable;
import io.velostream.crd.v1alpha1.VelostreamCrds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Both kinds of resource through the API server, in the way of kubectl: by short name, patched by merge. */
public final class Resources {

    private static final String NAMESPACE = "default";

    private final KubernetesClient client;
    private final List<CustomResourceDefinition> crds = VelostreamCrds.load();

    Resources(KubernetesClient client) {
        this.client = client;
    }

    /** Creates a resource as {@code kubectl apply} would for the first time. */
    public void create(Map<String, Object> resource) {
        GenericKubernetesResource generic = client.getKubernetesSerialization()
                .unmarshal(client.getKubernetesSerialization().asJson(resource), GenericKubernetesResource.class);
        client.resource(generic).inNamespace(NAMESPACE).create();
    }

    /** Sends a merge patch. */
    public void patch(String shortName, String name, String mergePatch) {
        client.genericKubernetesResources(context(shortName))
                .inNamespace(NAMESPACE)
                .withName(name)
                .patch(PatchContext.of(PatchType.JSON_MERGE), mergePatch);
    }

    /** The resource as the API server has it. */
    public Optional<GenericKubernetesResource> get(String shortName, String name) {
        return Optional.ofNullable(client.genericKubernetesResources(context(shortName))
                .inNamespace(NAMESPACE)
                .withName(name)
                .get());
    }

    /** Deletes a resource; returns at once. */
    public void delete(String shortName, String name) {
        client.genericKubernetesResources(context(shortName))
                .inNamespace(NAMESPACE)
                .withName(name)
                .delete();
    }

    /** Tables of all clusters and jobs. */
    public List<String> table(ResourceTable table) {
        List<String> lines = new ArrayList<>();
        for (CustomResourceDefinition crd : crds) {
            List<GenericKubernetesResource> items = client.genericKubernetesResources(context(shortName(crd)))
                    .inNamespace(NAMESPACE)
                    .list()
                    .getItems();
            if (!items.isEmpty()) {
                lines.addAll(table.lines(crd, items));
                lines.add("");
            }
        }
        return lines.isEmpty() ? lines : lines.subList(0, lines.size() - 1);
    }

    private static String shortName(CustomResourceDefinition crd) {
        return crd.getSpec().getNames().getShortNames().getFirst();
    }

    private CustomResourceDefinitionContext context(String shortName) {
        CustomResourceDefinition crd = crds.stream()
                .filter(candidate -> shortName(candidate).equals(shortName))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("There is no kind with the short name " + shortName + "."));
        return CustomResourceDefinitionContext.fromCrd(crd);
    }
}
