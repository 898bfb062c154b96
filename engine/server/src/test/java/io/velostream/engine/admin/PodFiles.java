package io.velostream.engine.admin;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** The files that a pod finds mounted: configuration, tokens, and a Kafka address at which nobody answers. */
public class PodFiles implements QuarkusTestResourceLifecycleManager {

    static final String TOKEN = "the-full-token";
    static final String READ_ONLY_TOKEN = "the-read-only-token";

    static final String CONFIGURATION = """
            kafka:
              bootstrap_servers: 127.0.0.1:1
              consumer: {ssl.key.password: hunter2}
            resource_limits: {max_total_memory: 1073741824}
            """;

    private static Path folder = Path.of(".");

    /** The configuration. */
    static Path configuration() {
        return folder.resolve("velostream.yaml");
    }

    /** Where the tokens are. */
    static Path tokens() {
        return folder.resolve("admin");
    }

    /** Where the job documents are. */
    static Path jobs() {
        return folder.resolve("jobs");
    }

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("pod-files");
            Files.createDirectories(tokens());
            Files.createDirectories(jobs());
            Files.writeString(tokens().resolve("token"), TOKEN + "\n");
            Files.writeString(tokens().resolve("readonly-token"), READ_ONLY_TOKEN);
            Files.writeString(configuration(), CONFIGURATION);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of(
                "velo.config", folder.resolve("velostream.yaml").toString(),
                "velo.admin.token.file", tokens().resolve("token").toString(),
                "velo.jobs.dir", jobs().toString(),
                "velo.state.dir", folder.resolve("state").toString());
    }

    @Override
    public void stop() {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
