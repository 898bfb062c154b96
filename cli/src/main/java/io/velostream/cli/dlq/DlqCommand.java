package io.velostream.cli.dlq;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** {@code velo dlq}: the records that nobody could process. */
@Command(
        name = "dlq",
        description = {
            "Dead letters: records that a query could not process, with where they came from and why.",
            "Lists them, shows one whole, and replays them to where they came from, once each."
        },
        mixinStandardHelpOptions = true,
        subcommands = {DlqListCommand.class, DlqShowCommand.class, DlqReplayCommand.class, HelpCommand.class},
        footer = {
            "",
            "Examples:",
            "  velo dlq list orders --bootstrap-servers localhost:9092 --since 1h",
            "  velo dlq show orders 0:17 --bootstrap-servers localhost:9092 --raw value > order.json",
            "  velo dlq replay orders 0:17 --bootstrap-servers localhost:9092 --value-file order.json",
            "  velo dlq replay orders --error RESOURCE_EXHAUSTED --bootstrap-servers localhost:9092 --dry-run"
        })
public final class DlqCommand {

    DlqCommand() {}
}
