package io.velostream.engine.plan;

import io.velostream.engine.plan.logical.LogicalQuery;
import io.velostream.engine.plan.logical.LogicalQuery.Branch;
import io.velostream.engine.plan.physical.JobPlan;
import io.velostream.engine.plan.physical.QueryPlan;
import io.velostream.engine.plan.physical.StagePlan;
import io.velostream.engine.plan.physical.UnitPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Logical → physical plan: cuts each query into stages at its repartitions. Each query is a unit of its own, so that it
 * starts, stops and fails alone; a query that reads another's result reads its topic.
 */
final class PhysicalPlanner {

    JobPlan plan(List<LogicalQuery> queries) {
        return new JobPlan(queries.stream().map(this::unit).toList());
    }

    private UnitPlan unit(LogicalQuery query) {
        List<QueryPlan> plans = new ArrayList<>();
        for (int i = 0; i < query.branches().size(); i++) {
            Branch branch = query.branches().get(i);
            String name = i == 0 ? query.name() : query.name() + "_" + (i + 1);
            List<StagePlan> stages = new StageCutter(name, query.kind(), query.sink()).cut(branch);
            plans.add(new QueryPlan(name, query.kind(), stages));
        }
        return new UnitPlan(unitName(query.name()), plans, query.errors());
    }

    /** A unit's name is part of group ids and topic names. */
    private static String unitName(String query) {
        String plain = query.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]", "_");
        return plain.equals(query.toLowerCase(Locale.ROOT)) ? plain : plain + "_" + Fingerprint.of(query);
    }
}
