package io.velostream.engine.runtime.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.engine.plan.physical.UnitPlan;
import java.util.Map;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.junit.jupiter.api.Test;

class TopologyBuilderTest {

    @Test
    void queriesOfAUnitShareTheSourceNodeOfATopic() {
        Topology topology =
                topology(TestPlans.unit(TestPlans.copy("first", "in", "a"), TestPlans.copy("second", "in", "b")));

        assertThat(topology.describe().subtopologies())
                .singleElement()
                .satisfies(
                        only -> assertThat(only.nodes().stream().filter(TopologyDescription.Source.class::isInstance))
                                .singleElement()
                                .satisfies(source -> assertThat(source.name()).isEqualTo("000-in")));
    }

    @Test
    void aRepartitionCutsAQueryIntoTwoSubtopologiesWithAStoreInTheSecond() {
        Topology topology = topology(TestPlans.unit(TestPlans.countByValue("totals", "in", "out")));

        String description = topology.describe().toString();

        assertThat(topology.describe().subtopologies()).hasSize(2);
        assertThat(description)
                .contains("topic: app-totals-repartition")
                .contains("topics: [app-totals-repartition]")
                .contains("stores: [totals-counts]");
    }

    @Test
    void anAppendedQueryLeavesTheNumbersOfTheOthersAlone() {
        UnitPlan before = TestPlans.unit(TestPlans.copy("z", "zebras", "a"), TestPlans.copy("m", "monkeys", "b"));
        UnitPlan after = TestPlans.unit(
                TestPlans.copy("z", "zebras", "a"),
                TestPlans.copy("m", "monkeys", "b"),
                TestPlans.copy("a", "ants", "c"));

        assertThat(subtopologyOf(after, "z-0")).isEqualTo(subtopologyOf(before, "z-0"));
        assertThat(subtopologyOf(after, "m-0")).isEqualTo(subtopologyOf(before, "m-0"));
        assertThat(subtopologyOf(after, "a-0")).isEqualTo(2);
    }

    @Test
    void eachStageHasAWayToTheDeadLetters() {
        String description = topology(TestPlans.unit(TestPlans.countByValue("totals", "in", "out")))
                .describe()
                .toString();

        assertThat(description).contains("totals-0-dead-letters").contains("totals-1-dead-letters");
    }

    @Test
    void repartitionTopicsHaveThePartitionsOfTheTopicBeforeThem() {
        UnitTopics topics = new UnitTopics(TestPlans.unit(TestPlans.countByValue("totals", "in", "out")), "app");

        assertThat(topics.repartitions(topic -> 12)).isEqualTo(Map.of("app-totals-repartition", 12));
        assertThat(topics.sources()).containsExactly("in");
        assertThat(topics.sinks()).containsExactly("out");
        assertThat(topics.changelogs()).containsExactly("app-totals-counts-changelog");
    }

    private static int subtopologyOf(UnitPlan unit, String node) {
        return topology(unit).describe().subtopologies().stream()
                .filter(part ->
                        part.nodes().stream().anyMatch(each -> each.name().equals(node)))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static Topology topology(UnitPlan unit) {
        return PlainTopology.of(unit, "app", "app.dlq", TestStages::create, stage -> new StageMeter());
    }
}
