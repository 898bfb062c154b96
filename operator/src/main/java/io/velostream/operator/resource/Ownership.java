package io.velostream.operator.resource;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.List;
import java.util.Optional;

/** Who an object belongs to, by its controlling owner reference. */
public final class Ownership {

    private Ownership() {}

    /** The reference that makes an object {@code owner}'s: it goes when the owner goes. */
    public static OwnerReference referenceTo(HasMetadata owner) {
        return new OwnerReferenceBuilder()
                .withApiVersion(owner.getApiVersion())
                .withKind(owner.getKind())
                .withName(owner.getMetadata().getName())
                .withUid(owner.getMetadata().getUid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build();
    }

    /** Whether {@code object} is controlled by exactly this {@code owner}. */
    public static boolean isOwnedBy(HasMetadata object, HasMetadata owner) {
        return controllerOf(object)
                .filter(reference ->
                        reference.getUid().equals(owner.getMetadata().getUid()))
                .isPresent();
    }

    /** The controlling owner, if there is one. */
    public static Optional<OwnerReference> controllerOf(HasMetadata object) {
        List<OwnerReference> references = object.getMetadata().getOwnerReferences();
        if (references == null) {
            return Optional.empty();
        }
        return references.stream()
                .filter(reference -> Boolean.TRUE.equals(reference.getController()))
                .findFirst();
    }

    /**
     * Refuses an object that is not {@code owner}'s.
     *
     * @throws ForeignObjectException when it belongs to another owner or to nobody
     */
    public static void requireOwned(HasMetadata object, HasMetadata owner) {
        if (!isOwnedBy(object, owner)) {
            throw new ForeignObjectException(object, owner, controllerOf(object));
        }
    }
}
