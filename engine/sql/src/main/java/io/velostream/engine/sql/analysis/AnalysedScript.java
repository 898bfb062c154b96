package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.logical.LogicalQuery;
import io.velostream.engine.sql.command.ScriptCatalogue;
import io.velostream.engine.sql.tree.Command;
import java.util.List;

/**
 * A whole text, analysed.
 *
 * @param queries what runs, each behind those that it reads
 * @param asked the statements that give rows, in the order of the text
 * @param catalogue what the text has at its end
 */
public record AnalysedScript(List<LogicalQuery> queries, List<Asked> asked, ScriptCatalogue catalogue) {
    public AnalysedScript {
        queries = List.copyOf(queries);
        asked = List.copyOf(asked);
    }

    /**
     * A statement that gives rows.
     *
     * @param text as written
     * @param catalogue what the text knows at that place
     * @param explained the queries of EXPLAIN
     */
    public record Asked(Command command, String text, ScriptCatalogue catalogue, List<LogicalQuery> explained) {
        public Asked {
            explained = List.copyOf(explained);
        }
    }
}
