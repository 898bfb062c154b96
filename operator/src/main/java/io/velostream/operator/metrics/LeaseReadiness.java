package io.velostream.operator.metrics;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready as long as no leader is known: the lease cannot be read or written. Liveness says nothing of it. */
@Readiness
@ApplicationScoped
public class LeaseReadiness implements HealthCheck {

    private final Leadership leadership;

    LeaseReadiness(Leadership leadership) {
        this.leadership = leadership;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("lease").status(leadership.isSettled()).build();
    }
}
