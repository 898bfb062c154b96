package io.velostream.engine.admin;

import io.velostream.engine.job.FakeJobRegistry;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Puts the scriptable registry in the place of the real one. */
@ApplicationScoped
class FakeJobs {

    @Produces
    @Singleton
    @Alternative
    @Priority(1)
    FakeJobRegistry jobs() {
        return new FakeJobRegistry();
    }
}
