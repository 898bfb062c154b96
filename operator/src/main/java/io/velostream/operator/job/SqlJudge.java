package io.velostream.operator.job;

import java.util.Map;

/** Judges SQL before it reaches a pod. */
@FunctionalInterface
public interface SqlJudge {

    /** Compiles a text; never throws for what is in it. */
    Judgement judge(String sql, Map<String, String> variables);
}
