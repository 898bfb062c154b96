package io.velostream.engine.plan;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A plan's text, written when it is first asked for: most compilations run their plan and never show it. Safe for use by
 * several threads.
 */
public final class Explanation {

    private @Nullable Supplier<String> writer;
    private String text = "";

    private Explanation(Supplier<String> writer) {
        this.writer = writer;
    }

    /** The text that the writer gives; it is asked at most once. */
    public static Explanation of(Supplier<String> writer) {
        return new Explanation(Objects.requireNonNull(writer));
    }

    /** Of a plan that has nothing to tell. */
    public static Explanation none() {
        return new Explanation(() -> "");
    }

    /** The text. */
    public synchronized String text() {
        if (writer != null) {
            text = writer.get();
            writer = null;
        }
        return text;
    }

    @Override
    public String toString() {
        return text();
    }
}
