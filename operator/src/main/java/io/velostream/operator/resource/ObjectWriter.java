package io.velostream.operator.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The one way in which wanted objects are written: by server-side apply, only when the actual one does not hold them already, and
 * never over somebody else's object.
 *
 * <p>The hash of the wanted object travels as an annotation: without it, a field that we no longer want would stay.
 */
public final class ObjectWriter {

    /** Who owns the applied fields. */
    public static final String FIELD_MANAGER = "velostream-operator";

    private static final String HASH = "velostream.io/desired-hash";

    private final KubernetesClient client;
    private final Patcher patcher;

    /** @param patcher carries each write out, so that a cache can take the answer in at once */
    public ObjectWriter(KubernetesClient client, Patcher patcher) {
        this.client = client;
        this.patcher = patcher;
    }

    /**
     * Brings the object in line with {@code wanted}, creating it when it is not there.
     *
     * @param wanted only the fields that we want to own; it is not changed
     * @param known the object as a cache has it; looked up when absent
     * @return the object as it is now
     * @throws ForeignObjectException when an object of that name is not {@code owner}'s
     */
    public <R extends HasMetadata> R apply(R wanted, Optional<R> known, HasMetadata owner) {
        R stamped = stamp(wanted);
        Optional<R> actual =
                known.or(() -> Optional.ofNullable(client.resource(wanted).get()));
        if (actual.isPresent()) {
            Ownership.requireOwned(actual.get(), owner);
            if (ObjectMatcher.holds(tree(stamped), tree(actual.get()))) {
                return actual.get();
            }
        }
        return patcher.patch(stamped, object -> client.resource(object).patch(applyContext()));
    }

    /** Carries a write out. */
    @FunctionalInterface
    public interface Patcher {
        /** Calls {@code write} with {@code object} and returns its answer. */
        <R extends HasMetadata> R patch(R object, UnaryOperator<R> write);
    }

    /** Server-side apply that takes fields over from whoever edited them. */
    public static PatchContext applyContext() {
        return new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(FIELD_MANAGER)
                .withForce(true)
                .build();
    }

    private <R extends HasMetadata> R stamp(R wanted) {
        R copy = client.getKubernetesSerialization().clone(wanted);
        Map<String, String> annotations = new TreeMap<>();
        if (copy.getMetadata().getAnnotations() != null) {
            annotations.putAll(copy.getMetadata().getAnnotations());
        }
        annotations.put(HASH, ObjectHash.of(client.getKubernetesSerialization().asJson(wanted)));
        copy.getMetadata().setAnnotations(annotations);
        return copy;
    }

    private JsonNode tree(HasMetadata object) {
        ObjectNode tree = client.getKubernetesSerialization().convertValue(object, ObjectNode.class);
        tree.remove("status");
        return tree;
    }
}
