package io.velostream.operator.kafka;

import io.velostream.crd.v1alpha1.DeletionPolicy;
import io.velostream.crd.v1alpha1.KafkaSettings;
import java.util.Set;

/** The port to Kafka for what a deleted job leaves there: its consumer groups, internal topics and output topics. */
public interface JobTraces {

    /**
     * Removes what the policy says. May be called again after a failure; what is gone already is no error.
     *
     * @throws KafkaUnreachableException where Kafka does not answer or refuses, with what it said
     */
    Outcome remove(KafkaSettings kafka, Traces traces);

    /**
     * What belongs to a job.
     *
     * @param namespace of the job, in which a bare name of a Kafka Service is meant
     * @param applicationId its groups and internal topics are named {@code <applicationId>.<unit>.g<generation>…}
     * @param otherApplicationIds of other jobs on the same Kafka: one may begin with this job's id
     * @param outputTopics that its queries write to
     * @param deadLetterTopic goes with the output topics: it holds records that nobody else has
     */
    record Traces(
            String namespace,
            String applicationId,
            Set<String> otherApplicationIds,
            Set<String> outputTopics,
            String deadLetterTopic,
            DeletionPolicy policy) {

        public Traces {
            otherApplicationIds = Set.copyOf(otherApplicationIds);
            outputTopics = Set.copyOf(outputTopics);
        }

        /** Whether a group or topic of that name is this job's own. */
        boolean owns(String name) {
            return isBelow(applicationId, name)
                    && !name.equals(deadLetterTopic)
                    && otherApplicationIds.stream()
                            .noneMatch(other -> isBelow(other, name) && other.length() > applicationId.length());
        }

        private static boolean isBelow(String applicationId, String name) {
            return name.startsWith(applicationId + ".");
        }
    }

    /** How far the removal came. */
    sealed interface Outcome {

        /** Nothing is left that the policy wants removed. */
        record Done() implements Outcome {}

        /** Kafka cannot be found from where the operator runs, and waiting will not change it. */
        record OutOfReach(String why) implements Outcome {}

        /** These groups still have members; they end when the pods have left or their sessions time out. */
        record InUse(Set<String> groups) implements Outcome {
            public InUse {
                groups = Set.copyOf(groups);
            }
        }
    }
}
