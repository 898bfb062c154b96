package io.velostream.engine.job;

import io.velostream.engine.sql.analysis.SqlProblem;
import java.util.List;
import java.util.Optional;

/** Statuses for tests. */
public final class JobStatuses {

    private JobStatuses() {}

    /** Of a job that runs as its document says. */
    public static JobStatus running(JobDocument document) {
        return of(document, JobStatus.JobState.RUNNING, List.of(), List.of());
    }

    /** Of a job whose only unit was rebuilt so often. */
    public static JobStatus rebuilt(JobDocument document, long times) {
        return of(
                document,
                JobStatus.JobState.RUNNING,
                List.of(),
                List.of(new JobStatus.UnitStatus(document.applicationId() + ".u.g1", "RUNNING", 1, List.of(), times)));
    }

    /** Of a job whose SQL has an error. */
    public static JobStatus invalid(JobDocument document, int line, int column, String message) {
        return of(
                document,
                JobStatus.JobState.INVALID,
                List.of(new SqlProblem(
                        SqlProblem.Severity.ERROR, "VELO-1004", line, column, 5, message, Optional.empty())),
                List.of());
    }

    private static JobStatus of(
            JobDocument document,
            JobStatus.JobState state,
            List<SqlProblem> problems,
            List<JobStatus.UnitStatus> units) {
        return new JobStatus(
                document.namespace(),
                document.name(),
                document.uid(),
                document.generation(),
                document.generation(),
                document.sequence(),
                state,
                problems,
                List.of(),
                units,
                0,
                0,
                0,
                0,
                0,
                List.of(),
                Optional.empty(),
                Optional.empty());
    }
}
