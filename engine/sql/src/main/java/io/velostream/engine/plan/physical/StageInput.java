package io.velostream.engine.plan.physical;

import io.velostream.engine.sql.type.SqlType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where a stage's rows come from. */
public sealed interface StageInput {

    /** The slots that the first operator sees. */
    RowLayout layout();

    /**
     * A topic of the user.
     *
     * @param source which topic, how it is encoded, and its time
     * @param fields the fields that the plan needs, one a slot, in slot order
     * @param wholeValue whether an operator also needs the whole value ({@code SELECT *} of an undeclared source)
     */
    record Topic(SourceSpec source, List<FieldRead> fields, boolean wholeValue) implements StageInput {
        public Topic {
            fields = List.copyOf(fields);
        }

        @Override
        public RowLayout layout() {
            return new RowLayout(fields.stream()
                    .map(field -> new RowLayout.Column(field.name(), field.type()))
                    .toList());
        }
    }

    /**
     * The rows that an earlier stage sent through a repartition topic.
     *
     * @param idleTimeout wall-clock time from the start after which an upstream never heard of holds no window back
     * @param lateData what happens to a row whose window has closed
     * @param allowedLateness see {@link SourceSpec.Watermark}
     */
    record Repartition(
            String topic,
            RowLayout layout,
            Duration idleTimeout,
            SourceSpec.LateData lateData,
            Optional<Duration> allowedLateness)
            implements StageInput {

        /** Closed windows are only kept as the strategy for late data wants it. */
        public Repartition(String topic, RowLayout layout, Duration idleTimeout, SourceSpec.LateData lateData) {
            this(topic, layout, idleTimeout, lateData, Optional.empty());
        }

        /** With what a source has that says nothing: 30 seconds, late rows dropped. */
        public Repartition(String topic, RowLayout layout) {
            this(topic, layout, Duration.ofSeconds(30), SourceSpec.LateData.DROP);
        }
    }

    /**
     * One field that a reader takes out of a record. It is matched exactly first, then ignoring case unless quoted.
     *
     * @param quoted whether the name is matched exactly only
     * @param fromKey whether the field is in the record key instead of the value
     */
    record FieldRead(String name, SqlType type, boolean quoted, boolean fromKey) {

        /** The slot of the field of a name: exactly so written, else ignoring case. */
        public static Optional<Integer> slotOf(List<FieldRead> fields, Optional<String> name) {
            return name.flatMap(wanted -> slotOf(fields, wanted));
        }

        private static Optional<Integer> slotOf(List<FieldRead> fields, String wanted) {
            Optional<Integer> similar = Optional.empty();
            for (int slot = 0; slot < fields.size(); slot++) {
                FieldRead field = fields.get(slot);
                if (field.name().equals(wanted)) {
                    return Optional.of(slot);
                }
                if (similar.isEmpty() && !field.quoted() && field.name().equalsIgnoreCase(wanted)) {
                    similar = Optional.of(slot);
                }
            }
            return similar;
        }
    }
}
