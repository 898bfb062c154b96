package io.velostream.engine.admin;

import io.velostream.engine.admin.problem.Problem;
import io.velostream.engine.admin.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the pod refuses new work (runbook, “Emergency Stop”). It is not kept over a restart: the operator, which knows
 * what is wanted, sets it again.
 */
@Singleton
public class Maintenance {

    /** Marks a call of the operator, which maintenance does not keep out. */
    public static final String OPERATOR_HEADER = "X-Velostream-Operator";

    private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);
    private static final String RETRY_AFTER_SECONDS = "30";

    private final AtomicBoolean enabled = new AtomicBoolean();

    /** Whether it is on. */
    public boolean isEnabled() {
        return enabled.get();
    }

    /** Turns it on or off. */
    public void set(boolean on) {
        if (enabled.getAndSet(on) != on) {
            LOG.info(
                    on
                            ? "Maintenance is on: new jobs, SQL and configuration are refused, what runs goes on"
                            : "Maintenance is off");
        }
    }

    /**
     * Lets a request for new work pass, or refuses it.
     *
     * @param operator the value of {@link #OPERATOR_HEADER}
     */
    void admit(@Nullable String operator) {
        if (isEnabled() && operator == null) {
            throw new ProblemException(
                    Problem.of(
                            503,
                            "maintenance",
                            "The pod is in maintenance and takes no new work; try again after POST /admin/maintenance/disable",
                            Map.of()),
                    Map.of("Retry-After", RETRY_AFTER_SECONDS));
        }
    }
}
