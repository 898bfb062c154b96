package io.velostream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionCommandTest {

    @TempDir
    Path folder;

    private static String script(String shell) {
        StringWriter out = new StringWriter();
        assertThat(Velo.commandLine().setOut(new PrintWriter(out, true)).execute("completion", shell))
                .isZero();
        return out.toString();
    }

    @Test
    void bashTakesTheScriptAndCompletesASubcommand() throws IOException, InterruptedException {
        Path file = Files.writeString(
                folder.resolve("velo.bash"),
                script("bash") + "\nCOMP_WORDS=(velo expl); COMP_CWORD=1; _complete_velo; echo \"${COMPREPLY[@]}\"\n");

        Process bash = new ProcessBuilder("bash", file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(bash.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);

        assertThat(bash.waitFor()).as(said).isZero();
        assertThat(said.strip()).isEqualTo("explain");
    }

    @Test
    void fishKnowsSubcommandsOptionsAndValues() {
        assertThat(script("fish").lines())
                .anyMatch(line -> line.startsWith("complete -c velo -f -n __fish_use_subcommand -a sql -d "))
                .anyMatch(line -> line.contains("from check' -l strict -d "))
                .anyMatch(line -> line.contains("from sql' -l format -xa 'table json csv'"))
                .allMatch(line -> line.startsWith("complete -c velo "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "explain", "diff", "test", "sql", "dlq", "completion"})
    void helpHasExamples(String command) {
        StringWriter out = new StringWriter();

        int code = Velo.commandLine().setOut(new PrintWriter(out, true)).execute("help", command);

        assertThat(code).isZero();
        assertThat(out.toString()).contains("Examples:", "velo " + command);
    }

    @Test
    void thereAreNoColoursWhereNoTerminalIs() throws IOException {
        Path file = Files.writeString(folder.resolve("wrong.sql"), "SELECT FROM t;");
        StringWriter err = new StringWriter();

        int code = Velo.commandLine().setErr(new PrintWriter(err, true)).execute("check", file.toString());

        assertThat(code).isEqualTo(1);
        assertThat(err.toString()).contains("wrong.sql:1:8").doesNotContain("\u001b");
    }
}
