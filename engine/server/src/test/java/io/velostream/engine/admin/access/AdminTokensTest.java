package io.velostream.engine.admin.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.engine.pod.PodEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminTokensTest {

    @TempDir
    Path folder;

    private AdminTokens tokens(Optional<Path> file) {
        AdminTokens tokens = new AdminTokens(new PodEnvironment(folder, Optional.empty(), file, folder, "primary-0"));
        tokens.refresh();
        return tokens;
    }

    private AdminTokens tokens() {
        return tokens(Optional.of(folder.resolve("token")));
    }

    @Test
    void tellsTheTokensApart() throws IOException {
        Files.writeString(folder.resolve("token"), "full\n");
        Files.writeString(folder.resolve("previous-token"), "before");
        Files.writeString(folder.resolve("readonly-token"), "read");

        AdminTokens tokens = tokens();

        assertThat(tokens.accessOf("full")).isEqualTo(Access.FULL);
        assertThat(tokens.accessOf("before")).isEqualTo(Access.FULL);
        assertThat(tokens.accessOf("read")).isEqualTo(Access.READ_ONLY);
        assertThat(tokens.accessOf("ful")).isEqualTo(Access.NONE);
        assertThat(tokens.accessOf("")).isEqualTo(Access.NONE);
    }

    @Test
    void letsNobodyInWithoutAFileOrWithAnEmptyOne() throws IOException {
        assertThat(tokens(Optional.empty()).accessOf("")).isEqualTo(Access.NONE);
        assertThat(tokens().accessOf("")).isEqualTo(Access.NONE);

        Files.writeString(folder.resolve("token"), " \n");

        assertThat(tokens().accessOf("")).isEqualTo(Access.NONE);
    }

    @Test
    void givesTheFullAccessWhenBothTokensAreTheSame() throws IOException {
        Files.writeString(folder.resolve("token"), "same");
        Files.writeString(folder.resolve("readonly-token"), "same");

        assertThat(tokens().accessOf("same")).isEqualTo(Access.FULL);
    }

    @Test
    void forgetsATokenThatWasTakenAway() throws IOException {
        Files.writeString(folder.resolve("token"), "old");
        AdminTokens tokens = tokens();

        Files.writeString(folder.resolve("token"), "new");
        tokens.refresh();

        assertThat(tokens.accessOf("old")).isEqualTo(Access.NONE);
        assertThat(tokens.accessOf("new")).isEqualTo(Access.FULL);
    }
}
