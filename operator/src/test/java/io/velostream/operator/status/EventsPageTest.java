package io.velostream.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page on events is made from the reasons: {@code -Dvelostream.update-docs=true} writes it anew. */
class EventsPageTest {

    private static final Path PAGE = Path.of("..", "docs", "reference", "events.md");

    private static String page() {
        String rows = Arrays.stream(Reason.values())
                .map(reason -> "| `" + reason.text() + "` | " + reason.meaning() + " |")
                .collect(Collectors.joining("\n"));
        return """
                # Reasons of conditions and events

                The operator tells a resource's story as events (`events.k8s.io/v1`, `kubectl get events` shows them) whenever a
                condition changes or an action begins or ends. The same reasons stand in the conditions. Messages are shorter than
                1 kB and never hold a secret.

                | reason | what happened |
                | --- | --- |
                """ + rows + "\n";
    }

    @Test
    void listsEveryReason() throws IOException {
        if (Boolean.getBoolean("velostream.update-docs")) {
            Files.writeString(PAGE, page());
        }

        assertThat(PAGE).hasContent(page());
    }
}
