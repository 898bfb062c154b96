package io.velostream.cli;

import io.velostream.cli.demo.DemoCommand;
import io.velostream.cli.dlq.DlqCommand;
import io.velostream.cli.environment.DownCommand;
import io.velostream.cli.environment.ServeCommand;
import io.velostream.cli.environment.UpCommand;
import io.velostream.cli.kubectl.KubectlVelo;
import io.velostream.cli.run.RunCommand;
import io.velostream.cli.sql.SqlCommand;
import io.velostream.cli.sqltest.TestCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The command line. Exit codes: 0 all well, 1 the thing asked for failed, 2 the command was not understood. */
@Command(
        name = "velo",
        description = "Streaming SQL on Kafka and Kubernetes: try it, check it, test it, run it.",
        mixinStandardHelpOptions = true,
        versionProvider = VeloVersion.class,
        subcommands = {
            CheckCommand.class,
            ExplainCommand.class,
            DiffCommand.class,
            TestCommand.class,
            DemoCommand.class,
            UpCommand.class,
            DownCommand.class,
            RunCommand.class,
            SqlCommand.class,
            DlqCommand.class,
            ServeCommand.class,
            KubectlVelo.class,
            HelpCommand.class,
            CompletionCommand.class
        })
public final class Velo {

    private Velo() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Velo())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, commandLine, parsed) -> {
                    String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
                    commandLine.getErr().println("velo: " + message);
                    if (System.getenv("VELO_DEBUG") != null) {
                        failure.printStackTrace(commandLine.getErr());
                    }
                    commandLine.getErr().flush();
                    return 1;
                });
    }
}
