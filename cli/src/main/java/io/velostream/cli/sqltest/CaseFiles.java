package io.velostream.cli.sqltest;

import io.velostream.engine.ingest.FileRecords;
import io.velostream.engine.plan.physical.FileSource;
import io.velostream.engine.runtime.operator.EndOfInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;

/** The files of a case. */
final class CaseFiles {

    private CaseFiles() {}

    /** Creates them below the folder. */
    static void write(Map<String, String> files, Path folder) {
        files.forEach((name, content) -> {
            Path file = folder.resolve(name).normalize();
            if (!file.startsWith(folder)) {
                throw new IllegalArgumentException("The file " + name + " of the case lies outside its folder.");
            }
            try {
                Files.createDirectories(file.getParent());
                Files.writeString(file, content);
            } catch (IOException e) {
                throw new UncheckedIOException("The file " + name + " of the case cannot be written", e);
            }
        });
    }

    /**
     * The records that a source of files gives, all at time zero since files have none, and behind them the end of all
     * input, unless the files are watched.
     */
    static List<TestRecord<byte[], byte[]>> records(FileSource source) {
        FileRecords records = new FileRecords(source);
        List<TestRecord<byte[], byte[]>> read = new ArrayList<>();
        for (Path file : records.files()) {
            records.read(
                    file,
                    value -> read.add(new TestRecord<>(null, value, new RecordHeaders(), Instant.ofEpochMilli(0))));
        }
        if (!source.watching()) {
            read.add(new TestRecord<>(null, null, EndOfInput.headers(), Instant.ofEpochMilli(0)));
        }
        return read;
    }
}
