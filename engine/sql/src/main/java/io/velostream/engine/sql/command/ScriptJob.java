package io.velostream.engine.sql.command;

import java.util.List;

/**
 * A query of a text as a job: what SHOW JOBS and SHOW STATUS tell.
 *
 * @param status as far as the text says
 * @param mode processing mode of {@code @job_mode}, in lower case
 * @param batchSize of {@code @batch_size}
 * @param versions of DEPLOY JOB, oldest first
 * @param version the one in force
 */
public record ScriptJob(String name, Status status, String mode, int batchSize, List<String> versions, String version) {
    public ScriptJob {
        versions = List.copyOf(versions);
    }

    /** The states that the text can put a job into. */
    public enum Status {
        RUNNING("Running"),
        PAUSED("Paused"),
        STOPPED("Stopped");

        private final String text;

        Status(String text) {
            this.text = text;
        }

        /** As it is shown. */
        public String text() {
            return text;
        }
    }
}
