package io.velostream.engine.job;

import io.velostream.engine.guard.ErrorPolicies;
import io.velostream.engine.guard.ErrorPolicy;
import io.velostream.engine.plan.Fingerprint;
import io.velostream.engine.plan.physical.SourceSpec;
import io.velostream.engine.plan.physical.StageInput;
import io.velostream.engine.plan.physical.StageOutput;
import io.velostream.engine.plan.physical.UnitPlan;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one unit of a job shall run. Two equal specs need no restart.
 *
 * @param jobSinks topics that any query of the job writes
 */
record UnitSpec(
        String job,
        UnitPlan plan,
        String applicationId,
        boolean exactlyOnce,
        int standbyReplicas,
        JobDocument.StartFrom startFrom,
        ErrorPolicy errorPolicy,
        String deadLetterTopic,
        JobDocument.TopicDefaults topicDefaults,
        Set<String> jobSinks) {

    private static final int LONGEST_ID = 120;

    static UnitSpec of(JobDocument document, UnitPlan unit, Set<String> jobSinks) {
        return new UnitSpec(
                document.name(),
                unit,
                applicationId(document, unit),
                document.deliveryGuarantee() == JobDocument.DeliveryGuarantee.EXACTLY_ONCE,
                document.standbyReplicas(),
                document.startFrom(),
                unit.errors()
                        .strategy()
                        .map(ErrorPolicies::of)
                        .orElseGet(() -> policy(document.errorHandling().strategy())),
                unit.errors()
                        .deadLetterTopic()
                        .or(() -> document.errorHandling().deadLetterTopic())
                        .orElse(document.applicationId() + ".dlq"),
                document.topicDefaults(),
                Set.copyOf(jobSinks));
    }

    private static ErrorPolicy policy(JobDocument.ErrorStrategy strategy) {
        return switch (strategy) {
            case DEAD_LETTER -> ErrorPolicy.DEAD_LETTER;
            case SKIP -> ErrorPolicy.SKIP;
            case FAIL -> ErrorPolicy.FAIL;
        };
    }

    /**
     * {@code <applicationId>.<unit>.g<generation>}; a longer one keeps its beginning and gets a hash, since Kafka limits
     * the names of topics to 249 characters and ours go on after it.
     */
    static String applicationId(JobDocument document, UnitPlan unit) {
        String full = document.applicationId() + "." + unit.name() + ".g" + document.stateGeneration();
        if (full.length() <= LONGEST_ID) {
            return full;
        }
        return full.substring(0, LONGEST_ID - 17) + "." + Fingerprint.of(full, 8);
    }

    /** The dead-letter topic, when anything may be written to it. */
    Optional<String> deadLetterTopicInUse() {
        boolean lateRecords = plan.queries().stream()
                .flatMap(query -> query.stages().stream())
                .anyMatch(stage -> stage.input() instanceof StageInput.Topic topic
                        && topic.source().lateData() == SourceSpec.LateData.DEAD_LETTER);
        return errorPolicy.writesLetters() || lateRecords ? Optional.of(deadLetterTopic) : Optional.empty();
    }

    /** Client options of the unit's sources and sinks; where two name the same option, the later query's is taken. */
    Map<String, String> options(boolean ofSources) {
        Map<String, String> options = new HashMap<>();
        plan.queries().stream().flatMap(query -> query.stages().stream()).forEach(stage -> {
            if (ofSources && stage.input() instanceof StageInput.Topic topic) {
                options.putAll(topic.source().properties());
            }
            if (!ofSources && stage.output() instanceof StageOutput.Sink sink) {
                options.putAll(sink.properties());
            }
        });
        options.remove("auto.offset.reset");
        return options;
    }
}
