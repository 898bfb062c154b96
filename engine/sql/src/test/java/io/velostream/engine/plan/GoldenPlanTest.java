package io.velostream.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each file holds a text of SQL and behind a line of dashes the plan that it must come to, so that a reviewer sees what
 * a change does to plans. {@code -Dvelostream.update=true} writes the files anew.
 */
class GoldenPlanTest {

    private static final Path PLANS = Path.of("src/test/resources/plans");
    private static final String SEPARATOR = "-- plan --\n";

    static Stream<Path> plans() throws IOException {
        try (Stream<Path> files = Files.list(PLANS)) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("plans")
    void planIsAsWritten(Path file) throws IOException {
        String content = Files.readString(file);
        int end = content.indexOf(SEPARATOR);
        String sql = end < 0 ? content : content.substring(0, end);

        Compilation compilation = new SqlCompiler().compile(sql, new CompileOptions(Map.of(), Map.of(), true));

        assertThat(compilation).isInstanceOf(Compilation.Compiled.class);
        String actual = sql + SEPARATOR + ((Compilation.Compiled) compilation).logicalPlan();
        if (Boolean.getBoolean("velostream.update")) {
            Files.writeString(file, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(file));
    }
}
