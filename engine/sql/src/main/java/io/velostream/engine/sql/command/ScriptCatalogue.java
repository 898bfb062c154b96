package io.velostream.engine.sql.command;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a text knows at one of its statements.
 *
 * @param functions every name that a call may have, aliases among them
 * @param variables the values set so far
 */
public record ScriptCatalogue(
        List<ScriptObject> objects,
        List<ScriptJob> jobs,
        List<ScriptMetric> metrics,
        Collection<String> functions,
        Map<String, String> variables) {
    public ScriptCatalogue {
        objects = List.copyOf(objects);
        jobs = List.copyOf(jobs);
        metrics = List.copyOf(metrics);
        functions = List.copyOf(functions);
        variables = Map.copyOf(variables);
    }

    /** An object by its name, ignoring case. */
    public Optional<ScriptObject> object(String name) {
        return objects.stream()
                .filter(each -> each.name().equalsIgnoreCase(name))
                .findFirst();
    }
}
