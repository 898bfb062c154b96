package io.velostream.engine.plan.physical;

import io.velostream.engine.plan.expression.Expression;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a stage's rows go. Expressions refer to the slots after the last operator. */
public sealed interface StageOutput {

    /**
     * A topic of the user.
     *
     * @param properties pass-through Kafka producer options
     * @param timestamp the record's timestamp ({@code AS _EVENT_TIME}); empty: the row's own time
     * @param metrics what each written row updates
     * @param options what the format needs to know beyond its name
     */
    record Sink(
            String name,
            String topic,
            SourceSpec.Format format,
            List<SinkColumn> columns,
            KeySpec key,
            Optional<Expression> timestamp,
            Map<String, String> properties,
            List<MetricSpec> metrics,
            FormatOptions options)
            implements StageOutput {
        public Sink {
            columns = List.copyOf(columns);
            properties = Map.copyOf(properties);
            metrics = List.copyOf(metrics);
        }

        /** A sink whose rows update no metric, of a format without options. */
        public Sink(
                String name,
                String topic,
                SourceSpec.Format format,
                List<SinkColumn> columns,
                KeySpec key,
                Optional<Expression> timestamp,
                Map<String, String> properties) {
            this(name, topic, format, columns, key, timestamp, properties, List.of(), FormatOptions.NONE);
        }
    }

    /** A topic of our own between two stages. */
    record Repartition(String topic, List<Expression> keys, List<Expression> columns, RowLayout layout, Spread spread)
            implements StageOutput {
        public Repartition {
            keys = List.copyOf(keys);
            columns = List.copyOf(columns);
        }

        /** Partitioned by the keys' tuple. */
        public Repartition(String topic, List<Expression> keys, List<Expression> columns, RowLayout layout) {
            this(topic, keys, columns, layout, Spread.BY_TUPLE);
        }
    }

    /** To which partitions of a repartition topic a row goes. */
    enum Spread {
        /** By the keys' tuple, in which equal values have equal bytes. */
        BY_TUPLE,
        /** By the keys' text, as a user's topic with that record key is partitioned. */
        BY_KEY_TEXT,
        /** To every partition. */
        TO_ALL
    }

    /** What is written into a sink's value. */
    sealed interface SinkColumn {

        /** A named value. */
        record Named(String name, Expression value) implements SinkColumn {}

        /** Every field of an undeclared source's record, as it came. */
        record EveryField() implements SinkColumn {}
    }

    /**
     * A key in a format of its own.
     *
     * @param format {@code JSON}: a lone value as it is, several as an object or array; {@code KAFKA}: one value as
     *     Kafka's own serializers write it; {@code TEXT}: one value's text
     * @param names of the members of an object of JSON; none for an array
     * @param windowBounds how many of the values, the last ones, are bounds of a window: eight bytes each behind the key
     * @param narrow whether a whole number in the format KAFKA has four bytes
     */
    record KeyEncoding(SourceSpec.Format format, List<String> names, int windowBounds, boolean narrow) {
        public KeyEncoding {
            names = List.copyOf(names);
        }
    }

    /** What a sink's record key is. */
    sealed interface KeySpec {

        /** No key. */
        record None() implements KeySpec {}

        /** The input record's key, as it came. */
        record Passthrough() implements KeySpec {}

        /**
         * The text of the columns joined by {@code |}, with {@code |} and {@code \} escaped by {@code \} and NULL as
         * {@code \N}; a lone column is its text, and alone NULL is a null key in a stream.
         *
         * @param nullAsText whether a lone NULL is written as {@code \N}, as a table needs it
         * @param encoding how it is encoded instead, where it is not text
         */
        record Columns(List<Expression> values, boolean nullAsText, Optional<KeyEncoding> encoding) implements KeySpec {
            public Columns {
                values = List.copyOf(values);
            }

            /** A key of text. */
            public Columns(List<Expression> values, boolean nullAsText) {
                this(values, nullAsText, Optional.empty());
            }

            /** The same of other values. */
            public Columns with(List<Expression> others) {
                return new Columns(others, nullAsText, encoding);
            }
        }
    }
}
