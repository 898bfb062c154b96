package io.velostream.cli.sqltest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every case below {@code resources/cases}, with each record alone and with batches of seven. */
class SqlCasesTest {

    private final CaseExecutor executor = new TopologyCaseExecutor();

    static Stream<SqlCase> cases() throws IOException, URISyntaxException {
        Path folder = Path.of(
                Objects.requireNonNull(SqlCasesTest.class.getResource("/cases")).toURI());
        return new SqlCaseReader().read(List.of(folder)).stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void comesToWhatItExpects(SqlCase sqlCase) {
        for (int batch : new int[] {1, 7}) {
            assertThat(CaseVerdict.differences(sqlCase, executor.execute(sqlCase, batch)))
                    .as("%s in batches of %d", sqlCase.id(), batch)
                    .isEmpty();
        }
    }
}
