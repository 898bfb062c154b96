package io.velostream.bench.ceiling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velostream.bench.ceiling.JsonScanner.Kind;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonScannerTest {
    private final JsonScanner scanner = new JsonScanner("a", "name");
    private byte[] text = {};

    private void scan(String json) {
        text = json.getBytes(StandardCharsets.UTF_8);
        scanner.scan(text);
    }

    private String slice(int position) {
        return new String(
                text, scanner.start(position), scanner.end(position) - scanner.start(position), StandardCharsets.UTF_8);
    }

    @Test
    void findsValuesBehindSkippedOnes() {
        scan("{\"x\":{\"a\":1,\"y\":[{}, \"}\"]},\"a\" : -1.5e3 , \"name\":\"caf\u00e9 and some more text\"}");

        assertThat(scanner.kind(0)).isEqualTo(Kind.NUMBER);
        assertThat(slice(0)).isEqualTo("-1.5e3");
        assertThat(scanner.kind(1)).isEqualTo(Kind.STRING);
        assertThat(slice(1)).isEqualTo("caf\u00e9 and some more text");
    }

    @Test
    void takesTheLastOfEqualNames() {
        scan("{\"a\":1,\"a\":[2],\"\\u0061\":3}");

        assertThat(slice(0)).isEqualTo("3");
    }

    @Test
    void tellsEscapedStringsApart() {
        scan("{\"name\":\"twelve bytes \\\"\\u00e9\\n\"}");

        assertThat(scanner.kind(1)).isEqualTo(Kind.ESCAPED);
        assertThat(new String(JsonText.unescape(text, scanner.start(1), scanner.end(1)), StandardCharsets.UTF_8))
                .isEqualTo("twelve bytes \"\u00e9\n");
    }

    @Test
    void tellsNullFromMissing() {
        scan("{\"a\":null}");

        assertThat(scanner.kind(0)).isEqualTo(Kind.NULL);
        assertThat(scanner.kind(1)).isEqualTo(Kind.MISSING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "{",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{\"a\":1 \"b\":2}",
                "{\"a\":1}}",
                "{\"a\":01}",
                "{\"a\":1.}",
                "{\"a\":1e}",
                "{\"a\":+1}",
                "{\"a\":tru}",
                "{\"a\":[1,]}",
                "{\"a\":[1}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12g4\"}",
                "{\"a\":\"line\nbreak\"}",
                "{\"a\":\"open",
                "{\"x\":{\"y\":nul}}"
            })
    void refusesWhatIsNoJsonObjectAlsoInSkippedParts(String json) {
        assertThatThrownBy(() -> scan(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Malformed JSON");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0", "-0", "1.5", "123456789012345", "0.1", "1e300", "1234567890123456789", "-2.50", "5e-324"})
    void readsNumbersAsTheLibraryDoes(String number) {
        byte[] bytes = number.getBytes(StandardCharsets.US_ASCII);

        assertThat(JsonText.number(bytes, 0, bytes.length)).isEqualTo(Double.parseDouble(number));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 123.5, 1e15, 0.005, -3.25, 1.0 / 3, 12345678.99, 1e-7, Double.MAX_VALUE})
    void writesNumbersThatReadBackTheSame(double number) {
        ByteWriter writer = new ByteWriter();

        writer.number(number);

        assertThat(Double.parseDouble(new String(writer.copy(), StandardCharsets.US_ASCII)))
                .isEqualTo(number);
    }
}
