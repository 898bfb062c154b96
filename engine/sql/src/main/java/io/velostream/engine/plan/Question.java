package io.velostream.engine.plan;

import io.velostream.engine.plan.physical.StagePlan;
import io.velostream.engine.sql.analysis.SqlProblem;
import io.velostream.engine.sql.tree.Command;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** What a text that is asked once came to. */
public sealed interface Question {

    /** The text is wrong. */
    record Refused(List<SqlProblem> problems) implements Question {
        public Refused {
            problems = List.copyOf(problems);
        }
    }

    /** Its answer is known from the text and the declarations alone, such as that of SHOW FUNCTIONS. */
    record Answered(List<Map<String, Object>> rows) implements Question {
        public Answered {
            rows = List.copyOf(rows);
        }
    }

    /**
     * Rows are to be read.
     *
     * @param stages each reads one topic and writes the result; more than one of a UNION ALL
     * @param limit of LIMIT
     */
    record Select(List<StagePlan> stages, OptionalLong limit) implements Question {
        public Select {
            stages = List.copyOf(stages);
        }
    }

    /** It asks for the jobs that run: SHOW JOBS and SHOW STATUS. */
    record Jobs(Command.Show show) implements Question {}

    /** It wants to change what runs: STOP JOB, DEPLOY JOB and their like. */
    record Change(Command command) implements Question {}
}
