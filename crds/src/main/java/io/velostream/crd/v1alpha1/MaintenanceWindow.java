package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A time that comes again and again, in which pods may be replaced. */
@ApiRecord
public record MaintenanceWindow(
        @JsonPropertyDescription(
                "When the window opens, as cron has it: minute, hour, day of the month, month, day of the week; such as "
                        + "\"0 2 * * 6\" for Saturdays at two.")
        @Required
        @Pattern("^[^ ]+( [^ ]+){4}$") @Size(min = 9, max = 128) String schedule,

        @JsonPropertyDescription("How long it is open, such as 2h.")
        @Default("1h")
        @Pattern(KubeDuration.PATTERN) @Size(max = 32) KubeDuration duration,

        @JsonPropertyDescription("The time zone of the schedule, such as Europe/Berlin.")
        @Default("UTC")
        @Pattern("^[A-Za-z0-9_+/-]+$") @Size(min = 1, max = 64) String timeZone) {

    public MaintenanceWindow {
        duration = ApiDefaults.duration(duration, "1h");
        timeZone = ApiDefaults.or(timeZone, "UTC");
    }
}
