package io.velostream.local.apiserver;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.Map;

/** Reads and writes widgets, as one field manager or another. */
record Widgets(KubernetesClient client, String namespace) {
    static final ResourceDefinitionContext TYPE = new ResourceDefinitionContext.Builder()
            .withGroup("example.com")
            .withVersion("v1")
            .withKind("Widget")
            .withPlural("widgets")
            .withNamespaced(true)
            .build();

    static GenericKubernetesResource widget(String name, Map<String, Object> spec) {
        return new GenericKubernetesResourceBuilder()
                .withApiVersion("example.com/v1")
                .withKind("Widget")
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .addToAdditionalProperties("spec", spec)
                .build();
    }

    Resource<GenericKubernetesResource> named(String name) {
        return client.genericKubernetesResources(TYPE).inNamespace(namespace).withName(name);
    }

    GenericKubernetesResource create(String name, Map<String, Object> spec) {
        return client.genericKubernetesResources(TYPE)
                .inNamespace(namespace)
                .resource(widget(name, spec))
                .create();
    }

    GenericKubernetesResource get(String name) {
        return named(name).get();
    }

    GenericKubernetesResource apply(String manager, boolean force, String name, Map<String, Object> spec) {
        return named(name)
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                                .withFieldManager(manager)
                                .withForce(force)
                                .build(),
                        widget(name, spec));
    }

    GenericKubernetesResource merge(String name, String json) {
        return named(name).patch(PatchContext.of(PatchType.JSON_MERGE), json);
    }

    static Object spec(GenericKubernetesResource widget, Object... path) {
        Object[] all = new Object[path.length + 1];
        all[0] = "spec";
        System.arraycopy(path, 0, all, 1, path.length);
        return widget.get(all);
    }

    /** The HTTP status that a call is refused with; 0 when it is not. */
    static int refusal(Runnable call) {
        try {
            call.run();
            return 0;
        } catch (KubernetesClientException e) {
            return e.getCode();
        }
    }
}
