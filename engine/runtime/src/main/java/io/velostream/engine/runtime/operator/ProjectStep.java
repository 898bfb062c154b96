package io.velostream.engine.runtime.operator;

import io.velostream.engine.plan.physical.StageOperator;
import io.velostream.engine.runtime.expression.Evaluator;
import io.velostream.engine.runtime.expression.ExpressionCompiler;
import io.velostream.engine.runtime.row.Origin;
import io.velostream.engine.runtime.row.Row;

/** Computes a new row. */
final class ProjectStep extends PassingStep {

    private final Evaluator[] columns;
    private final Row projected;

    ProjectStep(StageOperator.Project project, Origin origin, Step next) {
        super(next);
        this.columns = new Evaluator[project.columns().size()];
        for (int column = 0; column < columns.length; column++) {
            columns[column] = ExpressionCompiler.compile(
                    project.columns().get(column),
                    project.layout().columns().get(column).type());
        }
        this.projected = new Row(columns.length, origin);
    }

    @Override
    void process(Row row) {
        for (int column = 0; column < columns.length; column++) {
            columns[column].store(row, projected, column);
        }
        next.process(projected);
    }
}
