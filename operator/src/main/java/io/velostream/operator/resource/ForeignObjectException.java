package io.velostream.operator.resource;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.Optional;

/** An object of the name that we need exists and belongs to somebody else. It is never taken over. */
public final class ForeignObjectException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ForeignObjectException(HasMetadata object, HasMetadata owner, Optional<OwnerReference> actualOwner) {
        super(message(object, owner, actualOwner));
    }

    private static String message(HasMetadata object, HasMetadata owner, Optional<OwnerReference> actualOwner) {
        String what = object.getKind() + " " + object.getMetadata().getName();
        String ours = owner.getKind() + " " + owner.getMetadata().getName();
        return actualOwner
                .map(actual -> actual.getKind().equals(owner.getKind())
                                && actual.getName().equals(owner.getMetadata().getName())
                        ? what + " is left of an earlier " + ours + " and is being removed; waiting until it is gone"
                        : what + " belongs to " + actual.getKind() + " " + actual.getName()
                                + " and is not taken over: rename " + ours + " or remove the object")
                .orElse(what + " exists, belongs to nobody, and is not taken over: rename " + ours
                        + " or remove the object");
    }
}
