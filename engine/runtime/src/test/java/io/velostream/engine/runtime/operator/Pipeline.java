package io.velostream.engine.runtime.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.engine.plan.Compilation;
import io.velostream.engine.plan.CompileOptions;
import io.velostream.engine.plan.SqlCompiler;
import io.velostream.engine.plan.physical.QueryPlan;
import io.velostream.engine.plan.physical.StageInput;
import io.velostream.engine.plan.physical.StagePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The stages of a query, one task each, with what goes between them. It can be restarted from its changelogs. */
final class Pipeline {

    final Collected collected = new Collected();

    private final List<StagePlan> plans;
    private final List<Changelog> changelogs = new ArrayList<>();
    private List<Stage> stages;

    private Pipeline(QueryPlan query) {
        plans = query.stages();
        plans.forEach(plan -> changelogs.add(new Changelog()));
        stages = compile();
    }

    /** Of the only query of a text. */
    static Pipeline of(String sql) {
        Compilation compilation = new SqlCompiler().compile(sql, new CompileOptions(Map.of(), Map.of(), true));
        assertThat(compilation).as(compilation.problems().toString()).isInstanceOf(Compilation.Compiled.class);
        return new Pipeline(((Compilation.Compiled) compilation)
                .plan()
                .units()
                .getLast()
                .queries()
                .getFirst());
    }

    private List<Stage> compile() {
        List<Stage> compiled = new ArrayList<>();
        for (StagePlan plan : plans) {
            int upstreams = plan.input() instanceof StageInput.Repartition ? 1 : 0;
            compiled.add(new StageCompiler().compile(plan, new StageSettings(0, upstreams, 0, true)));
        }
        return compiled;
    }

    /** Processes the records in batches of at most so many. */
    Pipeline feed(Records records, int batchSize) {
        records.batches(batchSize).forEach(batch -> process(0, batch));
        return this;
    }

    Pipeline feed(Records records) {
        return feed(records, 1000);
    }

    private void process(int index, RecordBatch batch) {
        if (index == stages.size() - 1) {
            stages.get(index).process(batch, collected);
            return;
        }
        Collected sent = new Collected();
        stages.get(index).process(batch, sent);
        collected.failures.addAll(sent.failures);
        collected.late.addAll(sent.late);
        Records between = new Records();
        sent.into(between);
        if (between.size() > 0) {
            between.batches(1000).forEach(next -> process(index + 1, next));
        }
    }

    /** Commits, and goes on with new stages that know only what the changelogs hold. */
    Pipeline restart() {
        for (int index = 0; index < stages.size(); index++) {
            Changelog changelog = changelogs.get(index);
            stages.get(index).state().ifPresent(state -> state.flush(changelog));
        }
        stages = compile();
        for (int index = 0; index < stages.size(); index++) {
            Changelog changelog = changelogs.get(index);
            stages.get(index).state().ifPresent(changelog::into);
        }
        return this;
    }

    /** Entries that the changelogs hold, those of time left out. */
    long entries() {
        return changelogs.stream()
                .flatMap(changelog -> changelog.entries.keySet().stream())
                .filter(key -> key.get(0) != 't' && key.get(0) != 'T')
                .count();
    }

    /** Groups of the last stage. */
    long groups() {
        return stages.getLast().state().orElseThrow().groups();
    }

    StageCounters counters() {
        return stages.getLast().counters();
    }

    List<String> values() {
        return collected.values();
    }
}
