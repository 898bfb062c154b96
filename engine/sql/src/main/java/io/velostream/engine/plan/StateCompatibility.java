package io.velostream.engine.plan;

import io.velostream.engine.plan.physical.JobPlan;
import io.velostream.engine.plan.physical.QueryPlan;
import io.velostream.engine.plan.physical.StageOperator;
import io.velostream.engine.plan.physical.StagePlan;
import io.velostream.engine.plan.physical.UnitPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an edit does to the state of a job, operator by operator. A store's name holds the fingerprint of all that its
 * content depends on, so equal names mean that the state is kept.
 */
public final class StateCompatibility {

    private StateCompatibility() {}

    /** What becomes of one operator's state. */
    public enum Fate {
        /** The same state goes on. */
        KEPT,
        /** The operator begins with nothing. */
        NEW,
        /** Nothing reads the state any more. */
        LOST
    }

    /**
     * The fate of one stateful operator.
     *
     * @param unit the unit that it runs in
     * @param query the query that it belongs to
     * @param store the state store's name
     */
    public record OperatorChange(String unit, String query, String store, Fate fate) {}

    /** Compares two plans: first the new plan's operators in its order, then what only the old one had. */
    public static List<OperatorChange> compare(JobPlan before, JobPlan after) {
        Map<Identity, Boolean> old = stores(before);
        List<OperatorChange> changes = new ArrayList<>();
        for (Identity identity : stores(after).keySet()) {
            Fate fate = old.remove(identity) == null ? Fate.NEW : Fate.KEPT;
            changes.add(identity.change(fate));
        }
        old.keySet().forEach(identity -> changes.add(identity.change(Fate.LOST)));
        return changes;
    }

    /** Whether the new plan can go on with the old state: none of it is lost. */
    public static boolean keepsEverything(JobPlan before, JobPlan after) {
        return compare(before, after).stream().noneMatch(change -> change.fate() == Fate.LOST);
    }

    private record Identity(String unit, String query, String store) {
        OperatorChange change(Fate fate) {
            return new OperatorChange(unit, query, store, fate);
        }
    }

    private static Map<Identity, Boolean> stores(JobPlan plan) {
        Map<Identity, Boolean> stores = new LinkedHashMap<>();
        for (UnitPlan unit : plan.units()) {
            for (QueryPlan query : unit.queries()) {
                for (StagePlan stage : query.stages()) {
                    for (StageOperator operator : stage.operators()) {
                        operator.store()
                                .ifPresent(store -> stores.put(new Identity(unit.name(), query.name(), store), true));
                    }
                }
            }
        }
        return stores;
    }
}
