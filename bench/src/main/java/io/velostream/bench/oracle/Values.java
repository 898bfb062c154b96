package io.velostream.bench.oracle;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Shows output values in messages. */
final class Values {
    private static final int LONGEST = 200;

    private Values() {}

    static String text(byte @Nullable [] value) {
        if (value == null) {
            return "null";
        }
        String text = new String(value, StandardCharsets.UTF_8);
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
