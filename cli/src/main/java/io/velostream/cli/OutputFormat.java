package io.velostream.cli;

import picocli.CommandLine.Option;

/** {@code --format}, for commands whose output other programs read. */
final class OutputFormat {

    private enum Kind {
        TEXT,
        JSON
    }

    @Option(
            names = "--format",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "For people or for programs: ${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}).")
    private Kind kind = Kind.TEXT;

    boolean isJson() {
        return kind == Kind.JSON;
    }
}
