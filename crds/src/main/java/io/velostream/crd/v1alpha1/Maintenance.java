package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/**
 * Maintenance mode, in which pods refuse new jobs, SQL and configuration from others than the operator, and the times in which
 * pods may be replaced.
 */
@ApiRecord
public record Maintenance(
        @JsonPropertyDescription("Whether the pods are in maintenance mode.") @Default("false")
        Boolean enabled,

        @JsonPropertyDescription(
                "When running pods may be replaced and processing restarted. What is changed outside of these times waits, as the "
                        + "condition PendingMaintenance says. Absent: at any time.")
        @Size(max = 20) List<MaintenanceWindow> windows) {

    public Maintenance {
        enabled = ApiDefaults.or(enabled, false);
        windows = ApiDefaults.copy(windows);
    }
}
