package io.velostream.local.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** A broker's directory: made and formatted for KRaft. */
final class DataDirectory {
    private static final String FORMATTED_MARK = "meta.properties";

    private DataDirectory() {}

    static Path temporary() {
        try {
            return Files.createTempDirectory("local-kafka-");
        } catch (IOException e) {
            throw new UncheckedIOException("No temporary directory for the broker's data", e);
        }
    }

    /** Writes the cluster id and the first metadata records, once in a directory's life. */
    static void format(Path directory, int nodeId) {
        if (Files.exists(directory.resolve(FORMATTED_MARK))) {
            return;
        }
        try {
            Files.createDirectories(directory);
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .setNodeId(nodeId)
                    .setClusterId(Uuid.randomUuid().toString())
                    .addDirectory(directory.toString())
                    .setMetadataLogDirectory(directory.toString())
                    .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                    .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                    .run();
        } catch (Exception e) {
            throw new LocalKafkaException(
                    "The directory " + directory
                            + " could not be prepared for a broker; is it writable and empty? Cause: " + e.getMessage(),
                    e);
        }
    }
}
