package io.velostream.engine.plan;

import io.velostream.engine.plan.physical.JobPlan;
import io.velostream.engine.sql.analysis.SqlProblem;
import java.util.List;

/** What compiling a text came to. */
public sealed interface Compilation {

    /** Everything that is to be said about the text, in the order of its place. */
    List<SqlProblem> problems();

    /**
     * The text can run.
     *
     * @param logicalPlan the logical plan as {@code velo explain} prints it
     * @param problems warnings only
     */
    record Compiled(JobPlan plan, String logicalPlan, List<SqlProblem> problems) implements Compilation {
        public Compiled {
            problems = List.copyOf(problems);
        }
    }

    /** The text is refused; no statement of it starts. */
    record Refused(List<SqlProblem> problems) implements Compilation {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
