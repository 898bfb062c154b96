package io.velostream.engine.job;

import java.util.List;
import java.util.Optional;

/** Statuses for tests. */
public final class JobStatuses {

    private JobStatuses() {}

    /** Of a job that runs as its document says. */
    public static JobStatus running(JobDocument document) {
        return new JobStatus(
                document.namespace(),
                document.name(),
                document.uid(),
                document.generation(),
                document.generation(),
                document.sequence(),
                JobStatus.JobState.RUNNING,
                List.of(),
                List.of(),
                List.of(),
                0,
                0,
                0,
                0,
                0,
                List.of(),
                Optional.empty());
    }
}
