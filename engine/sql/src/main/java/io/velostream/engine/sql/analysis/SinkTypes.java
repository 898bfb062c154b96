package io.velostream.engine.sql.analysis;

import java.util.List;

/** The kinds of sink of the language. */
final class SinkTypes {

    static final List<String> ALL = List.of("kafka_sink", "file_sink", "s3_sink", "http_sink", "jdbc_sink", "stdout");

    private SinkTypes() {}
}
