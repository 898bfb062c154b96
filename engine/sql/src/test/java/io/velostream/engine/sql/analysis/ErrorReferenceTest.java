package io.velostream.engine.sql.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.engine.ReferencePage;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ErrorReferenceTest {

    @Test
    void referencePageListsEveryCode() throws IOException {
        StringBuilder page = new StringBuilder("""
            # SQL errors

            Made from `ProblemCode`; do not edit. Every problem carries a code that never changes its meaning, the place
            (`line:column`), and where it helps the nearest name. All problems of a text are reported at once; no statement
            of a text with an error starts. Warnings stop nothing.

            | code | severity | meaning | what to do |
            | --- | --- | --- | --- |
            """);
        for (ProblemCode code : ProblemCode.values()) {
            page.append("| ").append(code.code()).append(" | ");
            page.append(code.severity().name().toLowerCase(Locale.ROOT)).append(" | ");
            page.append(code.meaning()).append(" | ").append(code.remedy()).append(" |\n");
        }

        ReferencePage.assertUpToDate("sql-errors.md", page.toString());
    }

    @Test
    void codesAreUnique() {
        assertThat(Arrays.stream(ProblemCode.values()).map(ProblemCode::code)).doesNotHaveDuplicates();
    }
}
