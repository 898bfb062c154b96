package io.velostream.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page of the documentation that is made from the code. {@code -Dvelostream.update=true} writes it anew. */
public final class ReferencePage {

    private static final Path REFERENCE = Path.of("../../docs/reference");

    private ReferencePage() {}

    /** Fails when the page that is checked in says something else. */
    public static void assertUpToDate(String name, String content) throws IOException {
        Path page = REFERENCE.resolve(name);
        if (Boolean.getBoolean("velostream.update")) {
            Files.createDirectories(REFERENCE);
            Files.writeString(page, content);
        }
        assertThat(page).as("run the test with -Dvelostream.update=true").exists();
        assertThat(Files.readString(page))
                .as("docs/reference/" + name + " is stale: run the test with -Dvelostream.update=true")
                .isEqualTo(content);
    }
}
