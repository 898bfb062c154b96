package io.velostream.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A generated file of {@code docs/reference} that is checked in. A test fails while it is stale;
 * {@code ./mvnw test -Ddocs.update} writes it anew.
 */
public final class CheckedInPage {

    private CheckedInPage() {}

    /** Compares, or writes when asked to. */
    public static void isCurrent(String name, String generated) throws IOException {
        Path page = root().resolve("docs").resolve("reference").resolve(name);
        if (System.getProperty("docs.update") != null) {
            Files.writeString(page, generated);
        }
        assertThat(page)
                .as("docs/reference/%s; write it anew with -Ddocs.update", name)
                .exists();
        assertThat(generated)
                .as("docs/reference/%s is stale; write it anew with -Ddocs.update", name)
                .isEqualTo(Files.readString(page));
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        assertThat(folder)
                .as("the project's root above %s", Path.of("").toAbsolutePath())
                .isNotNull();
        return folder;
    }
}
