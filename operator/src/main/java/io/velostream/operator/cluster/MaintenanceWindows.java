package io.velostream.operator.cluster;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import io.velostream.crd.v1alpha1.Maintenance;
import io.velostream.crd.v1alpha1.MaintenanceWindow;
import io.velostream.operator.resource.InvalidSpecException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When running pods may be replaced and processing restarted. A window opens whenever its schedule says so in its own time zone and
 * stays open for its duration by the clock, also over a change to or from summer time. Without windows it is always open.
 */
final class MaintenanceWindows {

    private static final CronParser PARSER = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    private final List<Window> windows;

    private MaintenanceWindows(List<Window> windows) {
        this.windows = windows;
    }

    private record Window(ExecutionTime schedule, Duration duration, ZoneId zone) {

        boolean isOpen(Instant now) {
            ZonedDateTime there = now.atZone(zone);
            // The schedule looks strictly before: a window that opens this very second is asked for by the next.
            return schedule.lastExecution(there.plusSeconds(1))
                    // An hour that comes twice at the end of summer time opens a window once.
                    .map(ZonedDateTime::withEarlierOffsetAtOverlap)
                    .map(ZonedDateTime::toInstant)
                    .filter(opened -> now.isBefore(opened.plus(duration)))
                    .isPresent();
        }

        Optional<Instant> next(Instant now) {
            return schedule.nextExecution(now.atZone(zone)).map(ZonedDateTime::toInstant);
        }
    }

    /**
     * The windows of a spec.
     *
     * @throws InvalidSpecException when a schedule or a time zone cannot be read
     */
    static MaintenanceWindows of(@Nullable Maintenance maintenance) {
        return new MaintenanceWindows(
                maintenance == null
                        ? List.of()
                        : maintenance.windows().stream()
                                .map(MaintenanceWindows::window)
                                .toList());
    }

    private static Window window(MaintenanceWindow spec) {
        try {
            Cron cron = PARSER.parse(spec.schedule());
            return new Window(ExecutionTime.forCron(cron), spec.duration().toDuration(), ZoneId.of(spec.timeZone()));
        } catch (DateTimeException e) {
            throw new InvalidSpecException("spec.maintenance.windows: there is no time zone '" + spec.timeZone()
                    + "'; write it like Europe/Berlin");
        } catch (IllegalArgumentException e) {
            throw new InvalidSpecException("spec.maintenance.windows: the schedule '" + spec.schedule()
                    + "' cannot be read: " + e.getMessage()
                    + "; write minute, hour, day of the month, month and day of the week, such as 0 2 * * 6");
        }
    }

    /** Whether a window is open, or there is none. */
    boolean areOpen(Instant now) {
        return windows.isEmpty() || windows.stream().anyMatch(window -> window.isOpen(now));
    }

    /** When the next window opens, in words. */
    String next(Instant now) {
        return windows.stream()
                .flatMap(window -> window.next(now).stream())
                .min(Instant::compareTo)
                .map(next -> "the next maintenance window opens at " + next.truncatedTo(ChronoUnit.SECONDS))
                .orElse("no maintenance window opens any more: look at spec.maintenance.windows");
    }
}
