package io.velostream.engine.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.velostream.engine.runtime.row.GrowingBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "\"", "\\", "\n", "\u0001", "é", "\uD83D\uDE00", "x"})
    void quotesWhatJacksonReadsBackWhereverTheSpecialCharacterStands(String special) throws Exception {
        for (int before = 0; before < 20; before++) {
            for (int after = 0; after < 20; after++) {
                String text = "a".repeat(before) + special + "b".repeat(after);
                byte[] bytes = text.getBytes(UTF_8);
                GrowingBuffer out = new GrowingBuffer(1);

                JsonText.quote(bytes, 0, bytes.length, out);

                assertThat(new ObjectMapper().readValue(out.toArray(), String.class))
                        .isEqualTo(text);
            }
        }
    }
}
