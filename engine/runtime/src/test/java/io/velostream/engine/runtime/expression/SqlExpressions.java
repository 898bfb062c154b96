package io.velostream.engine.runtime.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.engine.plan.Compilation;
import io.velostream.engine.plan.CompileOptions;
import io.velostream.engine.plan.SqlCompiler;
import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.physical.StageInput;
import io.velostream.engine.plan.physical.StageOutput;
import io.velostream.engine.plan.physical.StageOutput.SinkColumn;
import io.velostream.engine.plan.physical.StagePlan;
import io.velostream.engine.runtime.row.Origin;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.sql.function.FunctionCatalogue;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Expressions as text, compiled as a query compiles them. */
final class SqlExpressions {

    private final SqlCompiler compiler;
    private final String source;
    private final Map<String, Object> fields;
    private final Origin origin = new Origin();

    private SqlExpressions(SqlCompiler compiler, String source, Map<String, Object> fields) {
        this.compiler = compiler;
        this.source = source;
        this.fields = fields;
    }

    /** Functions are called for each row, also those of constants. */
    static SqlExpressions withoutFolding() {
        return new SqlExpressions(new SqlCompiler(FunctionCatalogue.standard().withoutFolding()), "", Map.of());
    }

    /**
     * The same over a row of the source {@code t}.
     *
     * @param source its declaration, or empty for columns without a type
     */
    SqlExpressions over(String declaration, Map<String, Object> row) {
        return new SqlExpressions(compiler, declaration, row);
    }

    Origin origin() {
        return origin;
    }

    /** The value of an expression that must be right. */
    @Nullable Object value(String expression) {
        Compilation compilation = compile(expression);
        assertThat(compilation.problems()).isEmpty();
        StagePlan stage = ((Compilation.Compiled) compilation)
                .plan()
                .units()
                .getFirst()
                .queries()
                .getFirst()
                .stages()
                .getFirst();
        SinkColumn.Named column =
                (SinkColumn.Named) ((StageOutput.Sink) stage.output()).columns().getFirst();
        Expression value = column.value();
        return ExpressionCompiler.compile(value).object(row(stage));
    }

    /** The messages about an expression that must be refused, as {@code column: message}. */
    List<String> refused(String expression) {
        Compilation compilation = compile(expression);
        assertThat(compilation).isInstanceOf(Compilation.Refused.class);
        return compilation.problems().stream().map(problem -> problem.message()).toList();
    }

    private Compilation compile(String expression) {
        return compiler.compile(
                source + "CREATE STREAM out AS SELECT " + expression + " AS x FROM t;",
                new CompileOptions(Map.of(), Map.of(), true));
    }

    private Row row(StagePlan stage) {
        List<StageInput.FieldRead> read = ((StageInput.Topic) stage.input()).fields();
        Row row = new Row(read.size(), origin);
        for (int slot = 0; slot < read.size(); slot++) {
            Object value = fields.get(read.get(slot).name());
            ExpressionCompiler.compile(
                            new Expression.Literal(value, read.get(slot).type()))
                    .store(row, row, slot);
        }
        return row;
    }
}
