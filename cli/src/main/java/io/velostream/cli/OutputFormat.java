package io.velostream.cli;

import picocli.CommandLine.Option;

/** {@code --format}, for commands whose output other programs read. */
public final class OutputFormat {

    private enum Kind {
        TEXT,
        JSON
    }

    @Option(
            names = "--format",
            paramLabel = "text|json",
            description = "For people or for programs: ${COMPLETION-CANDIDATES} (default: text).")
    private Kind kind = Kind.TEXT;

    /** Whether programs read it. */
    public boolean isJson() {
        return kind == Kind.JSON;
    }
}
