package io.velostream.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code velo completion}: scripts by which a shell completes the command line. */
@Command(
        name = "completion",
        description = "Prints a script by which the shell completes subcommands, options and their values.",
        footer = {
            "",
            "Examples:",
            "  source <(velo completion bash)                                    # in ~/.bashrc",
            "  source <(velo completion zsh)                                     # in ~/.zshrc, behind compinit",
            "  velo completion fish > ~/.config/fish/completions/velo.fish"
        })
final class CompletionCommand implements Callable<Integer> {

    /** The shells. */
    enum Shell {
        BASH,
        ZSH,
        FISH
    }

    @Parameters(paramLabel = "bash|zsh|fish", description = "The shell.")
    Shell shell = Shell.BASH;

    @Spec
    @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine velo = Objects.requireNonNull(spec).root().commandLine();
        PrintWriter out = spec.commandLine().getOut();
        out.print(
                switch (shell) {
                    // The script finds out by itself that it runs in zsh.
                    case BASH, ZSH -> AutoComplete.bash(velo.getCommandName(), velo);
                    case FISH -> fish(velo);
                });
        out.flush();
        return 0;
    }

    private static String fish(CommandLine velo) {
        StringBuilder script = new StringBuilder();
        String name = velo.getCommandName();
        velo.getSubcommands().forEach((word, command) -> {
            if (command.getCommandSpec().usageMessage().hidden()) {
                return;
            }
            script.append("complete -c %s -f -n __fish_use_subcommand -a %s -d %s%n"
                    .formatted(
                            name,
                            word,
                            quoted(firstLine(
                                    command.getCommandSpec().usageMessage().description()))));
            for (OptionSpec option : command.getCommandSpec().options()) {
                if (!option.hidden()) {
                    script.append("complete -c %s -n '__fish_seen_subcommand_from %s'%s%s -d %s%n"
                            .formatted(
                                    name,
                                    word,
                                    names(option),
                                    values(option),
                                    quoted(firstLine(option.description()))));
                }
            }
            for (Map.Entry<String, CommandLine> inner : command.getSubcommands().entrySet()) {
                script.append("complete -c %s -f -n '__fish_seen_subcommand_from %s' -a %s%n"
                        .formatted(name, word, inner.getKey()));
            }
        });
        return script.toString();
    }

    private static String names(OptionSpec option) {
        return Arrays.stream(option.names())
                .map(each -> each.startsWith("--") ? " -l " + each.substring(2) : " -s " + each.substring(1))
                .collect(Collectors.joining());
    }

    private static String values(OptionSpec option) {
        if (option.arity().max() == 0) {
            return "";
        }
        if (option.completionCandidates() == null) {
            return " -r";
        }
        String candidates = StreamSupport.stream(option.completionCandidates().spliterator(), false)
                .map(each -> each.toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" "));
        return " -xa " + quoted(candidates);
    }

    private static String firstLine(String[] description) {
        return description.length == 0 ? "" : description[0];
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
