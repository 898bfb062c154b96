package io.velostream.engine.job;

import io.velostream.engine.job.TopicKeeper.Preparation;
import io.velostream.engine.plan.physical.InsertPlan;
import io.velostream.engine.plan.physical.JobPlan;
import io.velostream.engine.runtime.operator.RecordFailure;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that the rows of a job's {@code INSERT INTO … VALUES} are written; one thread steps it. */
final class InsertControl {

    private static final Logger LOG = LoggerFactory.getLogger(InsertControl.class);
    private static final long RETRY_MILLIS = 2_000;

    private final UnitControl.Tools tools;
    private volatile List<InsertPlan> written = List.of();
    private volatile Optional<String> error = Optional.empty();
    private long nextTry;
    private List<InsertPlan> refused = List.of();

    InsertControl(UnitControl.Tools tools) {
        this.tools = tools;
    }

    /** Writes what the plan inserts unless it was written; what fails is tried again at a later step. */
    void step(JobDocument document, JobPlan plan) {
        List<InsertPlan> wanted = plan.inserts();
        long now = tools.clock().millis();
        if (isWritten(plan) || wanted.equals(refused) || now < nextTry) {
            return;
        }
        nextTry = now + RETRY_MILLIS;
        try {
            String marks = InsertedRows.topicOfMarks(document);
            Preparation prepared = tools.topics()
                    .prepareInserts(
                            wanted.stream().map(InsertPlan::topic).collect(Collectors.toSet()),
                            marks,
                            document.topicDefaults());
            if (prepared instanceof Preparation.Waiting waiting) {
                fail(document, waiting.message());
                return;
            }
            new InsertedRows(tools.pod(), marks).write(wanted);
            written = wanted;
            error = Optional.empty();
        } catch (RecordFailure wrong) {
            refused = wanted;
            fail(document, String.valueOf(wrong.getMessage()));
        } catch (KafkaException passing) {
            fail(document, Failures.sentence(passing));
        }
    }

    private void fail(JobDocument document, String why) {
        String message = "The rows of INSERT INTO … VALUES could not be written: " + why;
        if (!error.equals(Optional.of(message))) {
            LOG.warn("Job {}: {}", document.name(), message);
        }
        error = Optional.of(message);
    }

    /** Whether nothing is left to be written. */
    boolean isWritten(JobPlan plan) {
        return plan.inserts().isEmpty() || plan.inserts().equals(written);
    }

    /** Why the rows are not written yet. */
    Optional<String> error() {
        return error;
    }
}
