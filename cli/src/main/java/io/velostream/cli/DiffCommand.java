package io.velostream.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.velostream.engine.plan.Compilation;
import io.velostream.engine.plan.StateCompatibility;
import io.velostream.engine.plan.StateCompatibility.Fate;
import io.velostream.engine.plan.StateCompatibility.OperatorChange;
import io.velostream.engine.plan.physical.JobPlan;
import io.velostream.engine.plan.physical.QueryPlan;
import io.velostream.engine.plan.physical.StagePlan;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code velo diff}: what becomes of queries and their state when one text takes the place of another. */
@Command(
        name = "diff",
        description = {
            "Says what an edit keeps, starts anew or loses: query by query, and for their state operator by operator.",
            "Nothing is changed anywhere; the same comparison decides the condition StateCompatible of a job."
        },
        footer = {
            "",
            "kept     the same state goes on",
            "new      it begins with nothing; older records count only if the job reprocesses",
            "lost     nothing reads it any more",
            "",
            "Examples:",
            "  velo diff running.sql edited.sql",
            "  git show HEAD:orders.sql | velo diff --exit-code - orders.sql"
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:compared",
            "1:a text is refused, or with --exit-code state would be lost",
            "2:the command was not understood"
        })
final class DiffCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "OLD", description = "The text that runs; - is standard input.")
    String before = "-";

    @Parameters(index = "1", paramLabel = "NEW", description = "The text that would take its place.")
    String after = "-";

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "Value of $${NAME} in both texts.")
    Map<String, String> variables = new LinkedHashMap<>();

    @Option(names = "--exit-code", description = "Ends with 1 when state would be lost.")
    boolean exitCode;

    @Mixin
    OutputFormat format = new OutputFormat();

    @Spec
    @Nullable CommandSpec spec;

    /** What becomes of a query. */
    private record QueryChange(String query, String fate, Optional<String> why) {}

    @Override
    public Integer call() throws IOException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Optional<JobPlan> old = plan(before, err);
        Optional<JobPlan> next = plan(after, err);
        if (old.isEmpty() || next.isEmpty()) {
            return 1;
        }
        List<QueryChange> queries = queries(old.get(), next.get());
        List<OperatorChange> operators = StateCompatibility.compare(old.get(), next.get());
        if (format.isJson()) {
            out.println(json(queries, operators));
        } else {
            print(queries, operators, out, spec.commandLine().getColorScheme().ansi());
        }
        out.flush();
        boolean loses = operators.stream().anyMatch(change -> change.fate() == Fate.LOST);
        return exitCode && loses ? 1 : 0;
    }

    private Optional<JobPlan> plan(String file, PrintWriter err) throws IOException {
        SqlSource source = SqlSource.read(file);
        Compilation compilation = source.compile(variables);
        ProblemPrinter.print(source, compilation, err, Objects.requireNonNull(spec));
        return compilation instanceof Compilation.Compiled compiled ? Optional.of(compiled.plan()) : Optional.empty();
    }

    private static List<QueryChange> queries(JobPlan before, JobPlan after) {
        Map<String, QueryPlan> old = byName(before);
        List<QueryChange> changes = new ArrayList<>();
        byName(after).forEach((name, query) -> {
            QueryPlan earlier = old.remove(name);
            if (earlier == null) {
                changes.add(new QueryChange(name, "new", Optional.empty()));
            } else if (earlier.equals(query)) {
                changes.add(new QueryChange(name, "unchanged", Optional.empty()));
            } else {
                changes.add(new QueryChange(name, "changed", Optional.of(reason(earlier, query))));
            }
        });
        old.keySet().forEach(name -> changes.add(new QueryChange(name, "removed", Optional.empty())));
        return changes;
    }

    private static Map<String, QueryPlan> byName(JobPlan plan) {
        Map<String, QueryPlan> queries = new LinkedHashMap<>();
        plan.units().forEach(unit -> unit.queries().forEach(query -> queries.put(query.name(), query)));
        return queries;
    }

    private static String reason(QueryPlan before, QueryPlan after) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < Math.min(before.stages().size(), after.stages().size()); i++) {
            StagePlan a = before.stages().get(i);
            StagePlan b = after.stages().get(i);
            if (!a.input().equals(b.input())) {
                parts.add("what stage " + b.id() + " reads");
            }
            if (!a.operators().equals(b.operators())) {
                parts.add("what stage " + b.id() + " computes");
            }
            if (!a.output().equals(b.output())) {
                parts.add("what stage " + b.id() + " writes");
            }
        }
        if (before.stages().size() != after.stages().size()) {
            parts.add("its stages are " + after.stages().size() + " instead of "
                    + before.stages().size());
        }
        return String.join(", ", parts);
    }

    private static void print(List<QueryChange> queries, List<OperatorChange> operators, PrintWriter out, Ansi ansi) {
        for (QueryChange change : queries) {
            out.println(word(change.fate(), ansi) + "  query " + change.query()
                    + change.why().map(why -> ": " + why).orElse(""));
        }
        for (OperatorChange change : operators) {
            out.println(word(change.fate().name().toLowerCase(Locale.ROOT), ansi) + "  state of " + change.query()
                    + " (" + change.store() + ")");
        }
        if (operators.isEmpty()) {
            out.println("Neither text keeps state.");
        } else {
            long lost = operators.stream()
                    .filter(change -> change.fate() == Fate.LOST)
                    .count();
            out.println(
                    lost == 0
                            ? "No state is lost."
                            : lost + " of " + operators.size() + " operators would lose their state.");
        }
    }

    private static String word(String fate, Ansi ansi) {
        String color = switch (fate) {
            case "kept", "unchanged" -> "green";
            case "lost", "removed" -> "red";
            default -> "yellow";
        };
        return ansi.string("@|" + color + " " + "%-9s".formatted(fate) + "|@");
    }

    private static String json(List<QueryChange> queries, List<OperatorChange> operators)
            throws JsonProcessingException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        ArrayNode queryNodes = root.putArray("queries");
        for (QueryChange change : queries) {
            ObjectNode node =
                    queryNodes.addObject().put("query", change.query()).put("fate", change.fate());
            change.why().ifPresent(why -> node.put("why", why));
        }
        ArrayNode stateNodes = root.putArray("state");
        for (OperatorChange change : operators) {
            stateNodes
                    .addObject()
                    .put("unit", change.unit())
                    .put("query", change.query())
                    .put("store", change.store())
                    .put("fate", change.fate().name().toLowerCase(Locale.ROOT));
        }
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    }
}
