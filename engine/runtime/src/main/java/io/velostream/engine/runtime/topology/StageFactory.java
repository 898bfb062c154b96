package io.velostream.engine.runtime.topology;

import io.velostream.engine.plan.physical.StagePlan;
import io.velostream.engine.runtime.operator.Stage;
import io.velostream.engine.runtime.operator.StageSettings;

/** Makes the stages of tasks from the plan; called once a task, and again whenever Streams initialises it anew. */
@FunctionalInterface
public interface StageFactory {

    /** A fresh stage with empty state. */
    Stage create(StagePlan plan, StageSettings settings);
}
