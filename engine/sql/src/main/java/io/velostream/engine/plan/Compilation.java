package io.velostream.engine.plan;

import io.velostream.engine.plan.physical.JobPlan;
import io.velostream.engine.sql.analysis.SqlProblem;
import io.velostream.engine.sql.command.CommandAnswer;
import io.velostream.engine.sql.command.ScriptJob;
import io.velostream.engine.sql.tree.Dialect;
import java.util.List;

/** What compiling a text came to. */
public sealed interface Compilation {

    /** Everything that is to be said about the text, in the order of its place. */
    List<SqlProblem> problems();

    /**
     * The text can run.
     *
     * @param explanation the plan as {@code velo explain} prints it
     * @param problems warnings only
     * @param answers what the statements of the text give that ask something, such as SHOW
     * @param jobs the queries of the text as jobs
     * @param dialect how the text was read
     */
    record Compiled(
            JobPlan plan,
            Explanation explanation,
            List<SqlProblem> problems,
            List<CommandAnswer> answers,
            List<ScriptJob> jobs,
            Dialect dialect)
            implements Compilation {
        public Compiled {
            problems = List.copyOf(problems);
            answers = List.copyOf(answers);
            jobs = List.copyOf(jobs);
        }

        /** A text that asks nothing. */
        public Compiled(JobPlan plan, Explanation explanation, List<SqlProblem> problems) {
            this(plan, explanation, problems, List.of(), List.of(), Dialect.VELOSTREAM);
        }

        /** The logical plan, the rules that shaped it and the stages, as {@code velo explain} prints them. */
        public String logicalPlan() {
            return explanation.text();
        }
    }

    /** The text is refused; no statement of it starts. */
    record Refused(List<SqlProblem> problems) implements Compilation {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
