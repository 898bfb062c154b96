package io.velostream.engine.plan.logical.rule;

import io.velostream.engine.plan.logical.LogicalQuery.Branch;

/** One rewrite that keeps the meaning of a branch. */
public interface Rule {

    /** What EXPLAIN calls the rule. */
    default String name() {
        return getClass().getSimpleName();
    }

    /** The rewritten branch, or the very same where the rule does not apply: what is compared is the object. */
    Branch apply(Branch branch);
}
