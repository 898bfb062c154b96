package io.velostream.engine.runtime.operator;

import io.velostream.engine.format.RecordText;
import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.physical.RowLayout;
import io.velostream.engine.plan.physical.SourceSpec.LateData;
import io.velostream.engine.plan.physical.StageInput;
import io.velostream.engine.plan.physical.StageOperator;
import io.velostream.engine.plan.physical.StageOperator.Window;
import io.velostream.engine.plan.physical.StageOutput;
import io.velostream.engine.plan.physical.StagePlan;
import io.velostream.engine.plan.physical.SubqueryPlan;
import io.velostream.engine.runtime.aggregate.GroupLayout;
import io.velostream.engine.runtime.expression.ExpressionCompiler;
import io.velostream.engine.runtime.memory.MemoryBudget;
import io.velostream.engine.runtime.metric.QueryMetric;
import io.velostream.engine.runtime.operator.CompiledStage.Intake;
import io.velostream.engine.runtime.over.SortedRows;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.state.KeyedRows;
import io.velostream.engine.runtime.state.SessionTable;
import io.velostream.engine.runtime.state.WindowTables;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** Makes stages of plans. */
public final class StageCompiler {

    private final MemoryBudget budget;

    /** A compiler of stages whose state may grow without a limit. */
    public StageCompiler() {
        this(MemoryBudget.unlimited());
    }

    /** A compiler of stages that share a budget of memory. */
    public StageCompiler(MemoryBudget budget) {
        this.budget = budget;
    }

    /**
     * Compiles a stage for one task. The result has registers and state: each task needs its own, and a task that is
     * revived needs a new one.
     *
     * @throws IllegalArgumentException when the plan is one that the analyser does not make
     */
    public Stage compile(StagePlan plan, StageSettings settings) {
        return new Assembly(plan, settings, budget).stage();
    }

    /** Puts one stage together. */
    private static final class Assembly {

        private final StagePlan plan;
        private final StageSettings settings;
        private final MemoryBudget budget;
        private final MemoryBudget.Share share;
        private final StageContext context = new StageContext();
        private final Watermarks watermarks;
        private final StageReader reader;
        private final LateData lateData;
        private final LateRows late;
        private final List<StageState> states = new ArrayList<>();
        private final List<Intake> sides = new ArrayList<>();
        /** Where the upstreams of each side begin among the inputs of the watermark. */
        private int sideIndex;

        Assembly(StagePlan plan, StageSettings settings, MemoryBudget budget) {
            this.plan = plan;
            this.settings = settings;
            this.budget = budget;
            this.share = budget.open(plan);
            context.tableLimit = budget.tableBytes();
            BitSet computed = SlotUse.computed(plan);
            switch (plan.input()) {
                case StageInput.Topic topic -> {
                    watermarks = new Watermarks(1 + timedUpstreams());
                    reader = new TopicReader(topic, computed, plan.readsTable(), context, settings, watermarks);
                    lateData = topic.source().lateData();
                    late = new LateRows(lateData, topic.source().watermark().allowedLateness(), context, reader);
                }
                case StageInput.Repartition repartition -> {
                    watermarks = new Watermarks(settings.upstreamPartitions() + timedUpstreams());
                    reader = new RepartitionReader(
                            repartition, context, settings, watermarks, 0, settings.upstreamPartitions());
                    lateData = repartition.lateData();
                    late = new LateRows(lateData, repartition.allowedLateness(), context, reader);
                }
            }
        }

        /** The upstreams of a side whose time counts, which is only that of a stream. */
        private int timedUpstreams() {
            int side = 0;
            for (StageOperator operator : plan.operators()) {
                if (operator instanceof StageOperator.StreamJoin) {
                    return settings.sides().get(side).upstreamPartitions();
                }
                side += operator.sides().size();
            }
            return 0;
        }

        Stage stage() {
            sideIndex = settings.sides().size();
            Step step = last();
            List<QueryMetric> metrics = step instanceof SinkStep sink ? sink.metrics() : List.of();
            for (StageOperator operator : plan.operators().reversed()) {
                sideIndex -= operator.sides().size();
                step = before(step, operator);
            }
            keepCompletion();
            if (states.isEmpty()) {
                // A stage without state is never closed.
                share.close();
            }
            return new CompiledStage(
                    context,
                    new Intake("", reader, step, false, keepsOwnRows()),
                    sides,
                    watermarks,
                    state(),
                    metrics,
                    share);
        }

        /** Whether rows of the stage's own input are kept, and not only looked up for. */
        private boolean keepsOwnRows() {
            return plan.operators().stream()
                    .anyMatch(operator -> operator instanceof StageOperator.Aggregate
                            || operator instanceof StageOperator.Over
                            || operator instanceof StageOperator.Sort
                            || operator instanceof StageOperator.Materialize
                            || operator instanceof StageOperator.StreamJoin
                            || operator instanceof StageOperator.ChangeJoin
                            || operator instanceof StageOperator.ChangeAggregate);
        }

        /** What a stage with tables on its sides has heard of their completeness outlives it. */
        private void keepCompletion() {
            List<RepartitionReader> readers = new ArrayList<>();
            if (reader instanceof RepartitionReader main) {
                readers.add(main);
            }
            sides.forEach(side -> readers.add((RepartitionReader) side.reader()));
            boolean tables = plan.operators().stream()
                    .anyMatch(
                            operator -> !operator.sides().isEmpty() && !(operator instanceof StageOperator.StreamJoin));
            if (tables) {
                keep(new CompletionState(readers));
            }
        }

        private Optional<StageState> state() {
            return states.size() < 2 ? states.stream().findFirst() : Optional.of(new CompositeState(states.reversed()));
        }

        private Step last() {
            return switch (plan.output()) {
                case StageOutput.Sink sink -> new SinkStep(sink, writesChanges(), context, text());
                case StageOutput.Repartition repartition ->
                    new RepartitionStep(repartition, settings.taskPartition(), carriesRecords(), reader, context);
            };
        }

        private boolean asksTables(StageOperator.Filter filter) {
            return writesChanges()
                    && plan.operators().stream()
                            .takeWhile(operator -> operator != filter)
                            .anyMatch(StageOperator.Lookup.class::isInstance);
        }

        private boolean writesChanges() {
            return plan.operators().stream()
                            .anyMatch(operator -> operator instanceof StageOperator.Materialize
                                    || operator instanceof StageOperator.ChangeJoin
                                    || operator instanceof StageOperator.ChangeAggregate)
                    && plan.operators().stream().noneMatch(StageOperator.Additions.class::isInstance);
        }

        /** A late row can only be dead-lettered as the record that it was if it carries that record along. */
        private boolean carriesRecords() {
            return plan.input() instanceof StageInput.Topic
                    && lateData == LateData.DEAD_LETTER
                    && plan.operators().stream().noneMatch(StageOperator.Aggregate.class::isInstance);
        }

        private RecordText text() {
            return switch (reader) {
                case TopicReader topic -> topic.text();
                case RepartitionReader repartition -> repartition.text();
                default -> NoText.INSTANCE;
            };
        }

        private Step before(Step next, StageOperator operator) {
            return switch (operator) {
                case StageOperator.Filter filter ->
                    new FilterStep(
                            ExpressionCompiler.predicate(filter.predicate()),
                            asksTables(filter) ? context : null,
                            next);
                case StageOperator.Project project -> new ProjectStep(project, context.origin, next);
                case StageOperator.Explode explode -> new ExplodeStep(explode, context.origin, next);
                case StageOperator.Limit limit -> limit(limit, next);
                case StageOperator.Aggregate aggregate -> aggregate(aggregate, next);
                case StageOperator.Over over -> over(over, next);
                case StageOperator.Sort sort -> sort(sort, next);
                case StageOperator.Additions _ -> new AdditionsStep(context, next);
                case StageOperator.Materialize table -> {
                    MaterializeStep step = new MaterializeStep(
                            table.layout().columns().size(), budget.disk().orElse(null), context, next);
                    keep(step);
                    yield step;
                }
                case StageOperator.TableJoin join -> tableJoin(join, next);
                case StageOperator.StreamJoin join -> streamJoin(join, next);
                case StageOperator.ChangeJoin join -> changeJoin(join, next);
                case StageOperator.Lookup lookup -> lookup(lookup, next);
                case StageOperator.ChangeAggregate aggregate -> changeAggregate(aggregate, next);
            };
        }

        private Step limit(StageOperator.Limit limit, Step next) {
            LimitStep step = new LimitStep(limit.rows(), next);
            keep(step);
            return step;
        }

        private Step aggregate(StageOperator.Aggregate aggregate, Step next) {
            GroupLayout layout = layout(aggregate);
            if (aggregate.emit() == StageOperator.Emit.FINAL) {
                context.outputDelay = aggregate
                        .window()
                        .map(window -> window.grace().toMillis())
                        .orElse(0L);
            }
            return switch (aggregate.window().orElse(null)) {
                case Window.Session session -> sessions(aggregate, session, layout, next);
                case Window.Sliding sliding -> {
                    AlignedWindows timing = AlignedWindows.of(sliding, late);
                    yield aggregate.emit() == StageOperator.Emit.FINAL
                            ? panes(aggregate, layout, timing, next)
                            : new SlidingStep(groups(aggregate, layout, timing, next), timing, late, context, next);
                }
                case Window.Tumbling tumbling -> {
                    AlignedWindows timing = AlignedWindows.of(tumbling, late);
                    yield new AggregateStep(groups(aggregate, layout, timing, next), timing, true, late, context, next);
                }
                case null -> {
                    AlignedWindows none = AlignedWindows.none();
                    yield new AggregateStep(groups(aggregate, layout, none, next), none, false, late, context, next);
                }
            };
        }

        private Step sort(StageOperator.Sort sort, Step next) {
            SortedRows sorted = new SortedRows(sort, context.origin);
            SortStep step = new SortStep(sorted, sort.layout().columns().size(), context, next);
            keep(new SortState(sorted, step, new TimeState(watermarks, context), context));
            return step;
        }

        private Step over(StageOperator.Over over, Step next) {
            OverPartitions partitions = new OverPartitions(over, context.origin);
            OverStep step = new OverStep(over, partitions, context, next);
            keep(new OverState(partitions, step, new TimeState(watermarks, context), context));
            return step;
        }

        private Step panes(StageOperator.Aggregate aggregate, GroupLayout layout, AlignedWindows timing, Step next) {
            WindowTables panes = tables(aggregate, layout);
            keep(new AggregateState(layout, panes, new TimeState(watermarks, context), context));
            return new PaneStep(aggregate, layout, panes, timing, late, windowLimit(), context, next);
        }

        private WindowLimit windowLimit() {
            return new WindowLimit(share);
        }

        /** What goes to disk has a layout of its own, since groups come back while a row is being applied. */
        private WindowTables tables(StageOperator.Aggregate aggregate, GroupLayout layout) {
            return budget.disk()
                    .map(disk -> new WindowTables(layout.cells(), layout.objects(), disk, layout(aggregate)))
                    .orElseGet(() -> new WindowTables(layout.cells(), layout.objects()));
        }

        private static GroupLayout layout(StageOperator.Aggregate aggregate) {
            return aggregate.emit() == StageOperator.Emit.FINAL
                    ? GroupLayout.withHeaders(aggregate.aggregates())
                    : new GroupLayout(aggregate.aggregates());
        }

        private WindowedGroups groups(
                StageOperator.Aggregate aggregate, GroupLayout layout, AlignedWindows timing, Step next) {
            WindowTables windows = tables(aggregate, layout);
            keep(new AggregateState(layout, windows, new TimeState(watermarks, context), context));
            return new WindowedGroups(aggregate, layout, windows, timing, windowLimit(), context, next);
        }

        private Step sessions(StageOperator.Aggregate aggregate, Window.Session window, GroupLayout layout, Step next) {
            SessionTiming timing = SessionTiming.of(window, late);
            SessionTable table = new SessionTable(layout.cells(), layout.objects());
            Sessions sessions = new Sessions(aggregate, layout, table, timing, windowLimit(), context, next);
            keep(new SessionState(layout, table, sessions, new TimeState(watermarks, context), context));
            return new SessionStep(sessions, timing, late, context, next);
        }

        private void keep(StageState added) {
            states.add(added);
        }

        /** The reader of a side; the time of a table does not count, so it has a watermark of its own. */
        private RepartitionReader side(StageInput.Repartition input, int index, boolean timed) {
            StageSettings.Side side = settings.sides().get(index);
            int upstreams = side.upstreamPartitions();
            return timed
                    ? new RepartitionReader(
                            input, context, settings, watermarks, watermarks.inputs() - upstreams, upstreams)
                    : new RepartitionReader(input, context, settings, new Watermarks(upstreams), 0, upstreams);
        }

        private void intake(int index, StageReader sideReader, Step first, boolean comesFirst) {
            sides.add(new Intake(settings.sides().get(index).topic(), sideReader, first, comesFirst, true));
        }

        private JoinedRows joined(StageInput.Repartition right, RowLayout layout, Optional<Expression> residual) {
            int width = layout.columns().size();
            return new JoinedRows(width - right.layout().columns().size(), width, residual, context.origin);
        }

        private Step tableJoin(StageOperator.TableJoin join, Step next) {
            KeyedRows table = new KeyedRows();
            keep(table);
            RowKeys tableKeys = new RowKeys(join.tableKeys(), context.origin);
            intake(
                    sideIndex,
                    side(join.table(), sideIndex, false),
                    new TableSideStep(tableKeys, table, context, false, () -> {}),
                    true);
            return new TableJoinStep(
                    new RowKeys(join.keys(), context.origin),
                    table,
                    joined(join.table(), join.layout(), join.residual()),
                    join.keepsUnmatched(),
                    next);
        }

        private Step streamJoin(StageOperator.StreamJoin join, Step next) {
            StreamJoinState rows = new StreamJoinState(join.kind(), join.bound(), watermarks, context);
            keep(rows);
            RepartitionReader rightReader = side(join.right(), sideIndex, true);
            StreamJoinStep step = new StreamJoinStep(
                    context,
                    new StreamJoinStep.Sides(
                            new RowKeys(join.keys(), context.origin),
                            reader,
                            new RowKeys(join.rightKeys(), context.origin),
                            rightReader),
                    joined(join.right(), join.layout(), join.residual()),
                    rows,
                    join.kind(),
                    join.bound(),
                    lateData,
                    next);
            intake(sideIndex, rightReader, step.rightSide(), false);
            return step;
        }

        private Step changeJoin(StageOperator.ChangeJoin join, Step next) {
            ChangeJoinStep.Side left =
                    new ChangeJoinStep.Side(new RowKeys(join.keys(), context.origin), new KeyedRows());
            ChangeJoinStep.Side right =
                    new ChangeJoinStep.Side(new RowKeys(join.rightKeys(), context.origin), new KeyedRows());
            keep(right.rows());
            keep(left.rows());
            ChangeJoinStep step = new ChangeJoinStep(
                    context, left, right, joined(join.right(), join.layout(), join.residual()), join.kind(), next);
            intake(sideIndex, side(join.right(), sideIndex, false), step.rightSide(), false);
            return step;
        }

        private Step lookup(StageOperator.Lookup lookup, Step next) {
            int width = lookup.layout().columns().size();
            List<StageInput.Repartition> tables = lookup.sides();
            List<SubqueryEvaluator> evaluators = new ArrayList<>();
            List<SubqueryEvaluator> all = new ArrayList<>();
            for (SubqueryPlan each : lookup.subqueries()) {
                SubqueryEvaluator evaluator = new SubqueryEvaluator(each, SlotPlaces.outside(width), context.origin);
                evaluators.add(evaluator);
                addWithNested(evaluator, all);
            }
            // What a subquery has computed may depend on the tables of those within it.
            Runnable changed = () -> all.forEach(SubqueryEvaluator::forget);
            for (int i = 0; i < all.size(); i++) {
                SubqueryEvaluator evaluator = all.get(i);
                keep(evaluator.rows());
                intake(
                        sideIndex + i,
                        side(tables.get(i), sideIndex + i, false),
                        evaluator.side(context, all.size() == evaluators.size() ? evaluator::forget : changed),
                        true);
            }
            return new LookupStep(evaluators, new Row(width, context.origin), width - evaluators.size(), next);
        }

        private static void addWithNested(SubqueryEvaluator evaluator, List<SubqueryEvaluator> into) {
            into.add(evaluator);
            evaluator.nested().forEach(each -> addWithNested(each, into));
        }

        private Step changeAggregate(StageOperator.ChangeAggregate aggregate, Step next) {
            GroupLayout layout = new GroupLayout(aggregate.aggregates());
            KeyedRows rows = layout.isRetractable() ? null : new KeyedRows();
            if (rows != null) {
                keep(rows);
            }
            ChangeAggregateStep step = new ChangeAggregateStep(
                    aggregate, layout, rows, budget.disk().orElse(null), context, next);
            keep(step);
            return step;
        }
    }
}
