package io.velostream.cli.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The prompt on a terminal that can do nothing but letters. */
@Timeout(30)
class SqlPromptTest {

    @TempDir
    Path folder;

    private final List<String> asked = new ArrayList<>();
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    private boolean type(String text) throws IOException, InterruptedException {
        var keys = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        try (Terminal terminal = new DumbTerminal("test", Terminal.TYPE_DUMB, keys, shown, StandardCharsets.UTF_8)) {
            return new SqlPrompt(sql -> {
                        asked.add(sql);
                        return !sql.contains("wrong");
                    })
                    .run(terminal, folder.resolve("history"));
        }
    }

    @Test
    void asksAStatementWhenItsSemicolonIsThere() throws Exception {
        type("SELECT a\n  FROM t;\nSHOW JOBS;\n");

        assertThat(asked).containsExactly("SELECT a\n  FROM t;\n", "SHOW JOBS;\n");
        assertThat(shown.toString(StandardCharsets.UTF_8)).contains("velo> ").contains("  ... ");
    }

    @Test
    void endsWithExitAndAsksNothingBehindIt() throws Exception {
        boolean well = type("\nSHOW JOBS;\nexit\nSHOW STREAMS;\n");

        assertThat(well).isTrue();
        assertThat(asked).containsExactly("SHOW JOBS;\n");
    }

    @Test
    void goesOnAfterAStatementThatIsRefused() throws Exception {
        boolean well = type("SELECT wrong;\nSHOW JOBS;\nquit\n");

        assertThat(well).isTrue();
        assertThat(asked).hasSize(2);
    }

    @Test
    void keepsAHistoryWithExclamationMarksAsTheyAre() throws Exception {
        type("SELECT 'hey!!' AS a;\nexit\n");

        assertThat(asked).containsExactly("SELECT 'hey!!' AS a;\n");
        assertThat(Files.readString(folder.resolve("history"))).contains("SELECT 'hey!!' AS a;");
    }
}
