package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import org.jspecify.annotations.Nullable;

/** The volume claim of each pod, which holds the state of its queries. */
@ApiRecord
@ValidationRule(
        value = "quantity(string(self.size)).compareTo(quantity(string(oldSelf.size))) >= 0",
        message = "size can only grow: claims cannot be made smaller")
@ValidationRule(
        value = "has(self.storageClassName) == has(oldSelf.storageClassName) && (!has(self.storageClassName) || "
                + "self.storageClassName == oldSelf.storageClassName)",
        message = "storageClassName cannot be changed: claims keep their class")
@ValidationRule(
        value = "isQuantity(string(self.size)) && quantity(string(self.size)).isGreaterThan(quantity('0'))",
        message = "size must be a quantity above zero, such as 10Gi")
public record Storage(
        @JsonPropertyDescription("Size of each claim. It can only grow.") @Default("10Gi")
        Quantity size,

        @JsonPropertyDescription("Storage class of the claims; absent: the cluster's default class.")
        @Size(min = 1, max = 253) @Nullable String storageClassName,

        @JsonPropertyDescription("What becomes of the claims when the VeloCluster is deleted.") @Default("Retain")
        Retention whenDeleted,

        @JsonPropertyDescription("What becomes of the claims of pods that a scale-in removes.") @Default("Retain")
        Retention whenScaled) {

    public Storage {
        size = ApiDefaults.or(size, new Quantity("10", "Gi"));
        whenDeleted = ApiDefaults.or(whenDeleted, Retention.RETAIN);
        whenScaled = ApiDefaults.or(whenScaled, Retention.RETAIN);
    }

    /** Ten gibibytes of the default class, kept when the cluster goes. */
    public static Storage defaults() {
        return StorageBuilder.builder().build();
    }
}
