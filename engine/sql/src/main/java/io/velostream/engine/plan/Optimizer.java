package io.velostream.engine.plan;

import io.velostream.engine.plan.logical.LogicalQuery;
import io.velostream.engine.plan.logical.LogicalQuery.Branch;
import io.velostream.engine.plan.logical.rule.FoldConstants;
import io.velostream.engine.plan.logical.rule.KeepFirstRows;
import io.velostream.engine.plan.logical.rule.MergeFilters;
import io.velostream.engine.plan.logical.rule.PruneScanColumns;
import io.velostream.engine.plan.logical.rule.PushFilterBelowAggregate;
import io.velostream.engine.plan.logical.rule.PushFilterBelowJoin;
import io.velostream.engine.plan.logical.rule.PushFilterBelowProject;
import io.velostream.engine.plan.logical.rule.Rule;
import io.velostream.engine.sql.function.FunctionCatalogue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Applies the rewrite rules, each once, in an order in which none undoes or needs a later one. */
final class Optimizer {

    private final List<Rule> rules;

    Optimizer(FunctionCatalogue functions) {
        this.rules = List.of(
                new FoldConstants(functions),
                new PushFilterBelowProject(),
                new PushFilterBelowAggregate(),
                new PushFilterBelowJoin(),
                new MergeFilters(),
                new KeepFirstRows(),
                new PruneScanColumns());
    }

    /**
     * A query after its rewrites.
     *
     * @param applied the names of the rules that changed something
     */
    record Optimized(LogicalQuery query, List<String> applied) {
        Optimized {
            applied = List.copyOf(applied);
        }
    }

    Optimized optimize(LogicalQuery query) {
        Set<String> applied = new LinkedHashSet<>();
        List<Branch> branches = new ArrayList<>();
        for (Branch branch : query.branches()) {
            Branch current = branch;
            for (Rule rule : rules) {
                Branch next = rule.apply(current);
                if (next != current) {
                    applied.add(rule.name());
                }
                current = next;
            }
            branches.add(current);
        }
        return new Optimized(query.withBranches(branches), List.copyOf(applied));
    }
}
