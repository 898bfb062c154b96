package io.velostream.engine.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velostream.engine.runtime.operator.RecordFailure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvScannerTest {

    @Test
    void fieldsStandBetweenDelimiters() {
        assertThat(fields("a,b c,,d")).containsExactly("a", "b c", "", "d");
        assertThat(fields("")).containsExactly("");
        assertThat(fields(",")).containsExactly("", "");
    }

    @Test
    void quotesHoldDelimitersLineEndsAndDoubledQuotes() {
        assertThat(fields("\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",\"\""))
                .containsExactly("a,b", "say \"hi\"", "two\nlines", "");
    }

    @Test
    void aCarriageReturnAtTheEndIsNoPartOfTheField() {
        assertThat(fields("a,b\r")).containsExactly("a", "b");
        assertThat(fields("a,\"b\"\r")).containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"open", "\"a\"b,c", "a,\"b\"\"", "\""})
    void whatIsNoCsvFails(String record) {
        assertThatThrownBy(() -> fields(record)).isInstanceOf(RecordFailure.class);
    }

    @Test
    void whatIsQuotedComesBackAsItWas() {
        Random random = new Random(42);
        String alphabet = "a,\"\n\r;é";
        for (int round = 0; round < 2_000; round++) {
            List<String> values = new ArrayList<>();
            for (int field = 0; field <= random.nextInt(4); field++) {
                StringBuilder value = new StringBuilder();
                for (int i = random.nextInt(6); i > 0; i--) {
                    value.append(alphabet.charAt(random.nextInt(alphabet.length())));
                }
                values.add(value.toString());
            }
            String record = String.join(
                    ",",
                    values.stream()
                            .map(value -> '"' + value.replace("\"", "\"\"") + '"')
                            .toList());

            assertThat(fields(record)).isEqualTo(values);
        }
    }

    private static List<String> fields(String record) {
        CsvScanner scanner = new CsvScanner(',');
        scanner.load(record.getBytes(StandardCharsets.UTF_8));
        List<String> fields = new ArrayList<>();
        while (scanner.next()) {
            fields.add(new String(scanner.array, scanner.from, scanner.to - scanner.from, StandardCharsets.UTF_8));
        }
        return fields;
    }
}
