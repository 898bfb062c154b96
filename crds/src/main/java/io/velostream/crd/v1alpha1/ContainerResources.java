package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;

/** What an engine container asks for and may use at most. */
@ApiRecord
@ValidationRule(
        value =
                "!has(self.requests) || !has(self.limits) || ['cpu', 'memory'].all(r, !(r in self.requests) || "
                        + "!(r in self.limits) || quantity(string(self.requests[r])).compareTo(quantity(string(self.limits[r]))) <= 0)",
        message = "requests of cpu and memory must not be above their limits")
public record ContainerResources(
        @JsonPropertyDescription("Amounts that the scheduler keeps free for each pod, by resource name (cpu, memory).")
        @Size(max = 16) Map<String, Quantity> requests,

        @JsonPropertyDescription("Amounts that each pod may not go beyond, by resource name (cpu, memory).")
        @Size(max = 16) Map<String, Quantity> limits) {

    public ContainerResources {
        requests = ApiDefaults.copy(requests);
        limits = ApiDefaults.copy(limits);
    }
}
