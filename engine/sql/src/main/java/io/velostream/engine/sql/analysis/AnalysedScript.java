package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.logical.LogicalQuery;
import io.velostream.engine.plan.physical.InsertPlan;
import io.velostream.engine.sql.command.ScriptCatalogue;
import io.velostream.engine.sql.tree.Command;
import java.util.List;

/**
 * A whole text, analysed.
 *
 * @param queries what runs, each behind those that it reads
 * @param inserts rows that are written once
 * @param asked the statements that give rows, in the order of the text
 * @param catalogue what the text has at its end
 */
public record AnalysedScript(
        List<LogicalQuery> queries, List<InsertPlan> inserts, List<Asked> asked, ScriptCatalogue catalogue) {
    public AnalysedScript {
        queries = List.copyOf(queries);
        inserts = List.copyOf(inserts);
        asked = List.copyOf(asked);
    }

    /** The same with rows that are written once. */
    AnalysedScript withInserts(List<InsertPlan> rows) {
        return new AnalysedScript(queries, rows, asked, catalogue);
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
