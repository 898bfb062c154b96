package io.velostream.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The borders inside the runtime and around it. */
@AnalyzeClasses(packages = "io.velostream.engine", importOptions = ImportOption.DoNotIncludeTests.class)
class RuntimeArchitectureTest {

    @ArchTest
    static final ArchRule ONLY_THE_TOPOLOGY_KNOWS_KAFKA_STREAMS = noClasses()
            .that()
            .resideOutsideOfPackage("io.velostream.engine.runtime.topology..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka.streams..");

    @ArchTest
    static final ArchRule ONLY_THE_LIVE_STORE_IS_ON_THE_INTERNALS_OF_STREAMS = noClasses()
            .that()
            .haveNameNotMatching(".*\\.LiveStore(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka.streams..internals..");

    @ArchTest
    static final ArchRule OPERATORS_DO_NOT_KNOW_WHAT_RUNS_THEM = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.velostream.engine.runtime.operator..",
                    "io.velostream.engine.runtime.expression..",
                    "io.velostream.engine.runtime.row..",
                    "io.velostream.engine.runtime.aggregate..",
                    "io.velostream.engine.runtime.over..",
                    "io.velostream.engine.runtime.state..",
                    "io.velostream.engine.format..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.velostream.engine.runtime.topology..",
                    "io.velostream.engine.job..",
                    "io.velostream.engine.guard..",
                    "io.velostream.engine.stats..",
                    "org.apache.kafka.clients..");

    @ArchTest
    static final ArchRule THE_PLAN_KNOWS_NO_KAFKA = noClasses()
            .that()
            .resideInAnyPackage("io.velostream.engine.sql..", "io.velostream.engine.plan..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "io.velostream.engine.runtime..");

    @ArchTest
    static final ArchRule THE_ENGINE_KNOWS_NO_OPERATOR = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.velostream.operator..", "io.velostream.crds..", "io.fabric8..");
}
